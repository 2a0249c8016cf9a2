"""How many units could be sold now, for many products in a few queries."""

from collections import Counter


def available_quantities(products, locations, basis):
    """Return {product id: units} by a store's quantity basis.

    :param products: product.product records, in the store's company
    :param locations: stock.location records, each with its sub-locations listed
    :param str basis: `free`, `on_hand` or `forecast`
    """
    if not products or not locations:
        return {}
    if basis == "forecast":
        located = products.with_context(location=locations.ids)
        return {product.id: product.virtual_available for product in located}
    quantities = _on_hand(products, locations, basis)
    if basis == "free":
        quantities.subtract(_unreserved_demand(products, locations))
    return quantities


def sold_in_store(backend):
    """Return {(product id, variant id): units} of orders that hold no stock in Odoo.

    Ids are the store's own; a line without a variant has None.
    """
    sold = Counter()
    orders = backend.env["bigcommerce.order"].search_fetch(
        [("backend_id", "=", backend.id), ("holds_stock", "=", True)], ["sold_units"]
    )
    for order in orders:
        for product_id, variant_id, quantity in order.sold_units or ():
            sold[product_id, variant_id] += quantity
    return sold


def _on_hand(products, locations, basis):
    rows = (
        products.env["stock.quant"]
        .sudo()
        ._read_group(
            [
                ("product_id", "in", products.ids),
                ("location_id", "in", locations.ids),
            ],
            ["product_id"],
            ["quantity:sum", "reserved_quantity:sum"],
        )
    )
    reserved_counts = basis == "free"
    return Counter(
        {
            product.id: quantity - (reserved if reserved_counts else 0)
            for product, quantity, reserved in rows
        }
    )


def _unreserved_demand(products, locations):
    """Return {product id: units} that outgoing moves still wait for.

    Only first moves of a chain (`make_to_stock`): the later ones get their units
    from them. Where a chain ends is `location_final_id`.
    """
    inside = locations.ids
    domain = [
        ("product_id", "in", products.ids),
        ("state", "in", ("waiting", "confirmed", "partially_available")),
        ("procure_method", "=", "make_to_stock"),
        ("location_id", "in", inside),
        "|",
        "&",
        ("location_final_id", "!=", False),
        ("location_final_id", "not in", inside),
        "&",
        ("location_final_id", "=", False),
        ("location_dest_id", "not in", inside),
    ]
    env = products.env
    demand = Counter()
    for product, quantity in (
        env["stock.move"]
        .sudo()
        ._read_group(domain, ["product_id"], ["product_qty:sum"])
    ):
        demand[product.id] += quantity
    for product, quantity in (
        env["stock.move.line"]
        .sudo()
        ._read_group(
            [("move_id", "any", domain)], ["product_id"], ["quantity_product_uom:sum"]
        )
    ):
        demand[product.id] -= quantity
    return demand
