from collections import Counter


def unreserved_demand(products, locations, listed_elsewhere=None):
    """Return {product id: units} that outgoing moves wait for without a reservation.

    A move may start above these locations, and take its units from here in the end:
    it counts as far as the stock beside these locations does not serve it.

    :param products: product.product records
    :param locations: stock.location records, each with its sub-locations listed
    :param listed_elsewhere: stock.location records whose stock serves no such move,
        because it is listed, too
    """
    demand = _unreserved(products, locations, locations)
    above = _ancestors(locations)
    wide = _unreserved(products, above, locations) if above else {}
    wanting = products.filtered(lambda product: wide.get(product.id, 0) > 0)
    if wanting:
        listed = locations | (listed_elsewhere or locations)
        aside = _free_below(wanting, above, listed)
        for product in wanting:
            demand[product.id] += max(wide[product.id] - aside[product.id], 0)
    return demand


def _unreserved(products, sources, inside):
    """Return {product id: units} that moves from some locations out of others want."""
    moves, lines = (products.env[model] for model in ("stock.move", "stock.move.line"))
    domain = _waiting_moves(products, sources.ids, inside.ids)
    demand = Counter()
    for product, quantity in moves._read_group(
        domain, ["product_id"], ["product_qty:sum"]
    ):
        demand[product.id] += quantity
    for product, quantity in lines._read_group(
        [("move_id", "any", domain)], ["product_id"], ["quantity_product_uom:sum"]
    ):
        demand[product.id] -= quantity
    return demand


def _waiting_moves(products, sources, inside):
    """Return the domain of moves out of these locations without a whole reservation.

    Only first moves of a chain (`make_to_stock`): the later ones get their units
    from them. Where a chain ends is `location_final_id`.

    :param list sources: ids of stock.location where the moves start
    :param list inside: ids of stock.location that they leave
    """
    return [
        ("product_id", "in", products.ids),
        ("state", "in", ("waiting", "confirmed", "partially_available")),
        ("procure_method", "=", "make_to_stock"),
        ("location_id", "in", sources),
        "|",
        "&",
        ("location_final_id", "!=", False),
        ("location_final_id", "not in", inside),
        "&",
        ("location_final_id", "=", False),
        ("location_dest_id", "not in", inside),
    ]


def _ancestors(locations):
    """Return the locations above some, that are none of them."""
    ids = {
        int(number)
        for path in locations.mapped("parent_path")
        for number in path.split("/")
        if number
    }
    return locations.browse(ids) - locations


def _free_below(products, above, listed):
    """Return {product id: units} that lie free below, but in no listed location."""
    rows = products.env["stock.quant"]._read_group(
        [
            ("product_id", "in", products.ids),
            ("location_id", "child_of", above.ids),
            ("location_id", "not in", listed.ids),
            ("location_id.usage", "=", "internal"),
        ],
        ["product_id"],
        ["quantity:sum", "reserved_quantity:sum"],
    )
    return Counter(
        {
            product.id: max(quantity - reserved, 0)
            for product, quantity, reserved in rows
        }
    )
