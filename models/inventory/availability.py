"""How many units could be sold now, for many products in a few queries."""

from collections import Counter
from dataclasses import dataclass, replace


@dataclass
class Stock:
    """The units of a product in some locations, and what is taken from them.

    reserved: for deliveries
    waiting: what deliveries wait for without a reservation
    forecast: Odoo's own figure, with what is on its way in and out
    sold: units of store orders that hold no stock in Odoo yet
    """

    on_hand: float = 0.0
    reserved: float = 0.0
    waiting: float = 0.0
    forecast: float = 0.0
    sold: float = 0.0

    def available(self, basis):
        """Return the units that can be listed by a store's quantity basis."""
        units = {
            "on_hand": self.on_hand,
            "free": self.on_hand - self.reserved - self.waiting,
            "forecast": self.forecast,
        }
        return units[basis] - self.sold


def stock_behind(backend, levels, basis=None):
    """Return {level id: Stock} of what lies behind some levels of a store.

    :param backend: the store
    :param str basis: what to read; the store's own without
    """
    sold, result = sold_units(backend), {}
    for location, here in levels.grouped("location_id").items():
        stocks = stock_of(
            here.product_id.with_env(backend.env),
            location._get_stock_locations(),
            basis or backend.quantity_basis,
        )
        for level in here:
            product = level.product_id
            stock = replace(stocks[product.id]) if product.active else Stock()
            if location._is_default() and product.active:
                stock.sold = sold[product.id]
            result[level.id] = stock
    return result


def stock_of(products, locations, basis):
    """Return {product id: Stock} for products of a store's company.

    :param products: product.product records
    :param locations: stock.location records, each with its sub-locations listed
    :param str basis: `free`, `on_hand` or `forecast`: only what it needs is read
    """
    result = {product.id: Stock() for product in products}
    kits = products.filtered("is_kits") if "is_kits" in products._fields else ()
    if kits:
        _count_kits(result, kits, locations)
        products -= kits
    if not products or not locations:
        return result
    if basis == "forecast":
        for product in products.with_context(location=locations.ids):
            result[product.id].forecast = product.virtual_available
        return result
    _count_quants(result, products, locations)
    if basis == "free":
        for product_id, units in _unreserved_demand(products, locations).items():
            result[product_id].waiting = units
    return result


def sold_units(backend):
    """Return {Odoo product id: units} of store orders that hold no stock in Odoo.

    Of this store, and of the others that sell from the same locations.
    """
    sold = Counter()
    for store in _sharing_stock(backend):
        sold.update(_sold_by_product(store))
    return sold


def _sharing_stock(backend):
    stores = backend.search([("company_id", "=", backend.company_id.id)])
    ours = _default_locations(backend)
    return backend | stores.filtered(lambda store: ours & _default_locations(store))


def _default_locations(backend):
    default = backend.location_ids.filtered(lambda location: location._is_default())
    return default._get_stock_locations() if default else default.location_ids


def _sold_by_product(store):
    """Return {Odoo product id: units} of one store's orders.

    What the store sold is named by its own ids; a line without a variant means a
    listing that has one only.
    """
    env, sold = store.env, Counter()
    orders = env["bigcommerce.order"].search_fetch(
        [("backend_id", "=", store.id), ("holds_stock", "=", True)], ["sold_units"]
    )
    units = [unit for order in orders for unit in order.sold_units or ()]
    if not units:
        return sold
    # also what is gone from the catalog: it is still to be sent
    listings = env["bigcommerce.product"].with_context(active_test=False)
    listings = listings.search(
        [
            ("backend_id", "=", store.id),
            ("remote_id", "in", list({product_id for product_id, _v, _n in units})),
        ]
    )
    listings = listings.grouped("remote_id")
    for product_id, variant_id, quantity in units:
        variants = listings[product_id].variant_ids if product_id in listings else ()
        named = [
            variant
            for variant in variants
            if variant_id == variant.remote_id or (not variant_id and variant.active)
        ]
        if len(named) == 1 and named[0].product_id:
            sold[named[0].product_id.id] += quantity
    return sold


def _count_quants(result, products, locations):
    rows = products.env["stock.quant"]._read_group(
        [
            ("product_id", "in", products.ids),
            ("location_id", "in", locations.ids),
        ],
        ["product_id"],
        ["quantity:sum", "reserved_quantity:sum"],
    )
    for product, quantity, reserved in rows:
        result[product.id].on_hand = quantity
        result[product.id].reserved = reserved


def _count_kits(result, kits, locations):
    """Count the kits that could be made of what is there (mrp, product.py)."""
    for kit in kits.with_context(location=locations.ids):
        stock = result[kit.id]
        stock.on_hand = kit.qty_available
        stock.reserved = kit.qty_available - kit.free_qty
        stock.forecast = kit.virtual_available


def _unreserved_demand(products, locations):
    """Return {product id: units} that outgoing moves still wait for."""
    moves, lines = (products.env[model] for model in ("stock.move", "stock.move.line"))
    domain = _waiting_moves(products, locations.ids)
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


def _waiting_moves(products, inside):
    """Return the domain of moves out of these locations without a whole reservation.

    Only first moves of a chain (`make_to_stock`): the later ones get their units
    from them. Where a chain ends is `location_final_id`.

    :param list inside: ids of stock.location
    """
    return [
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
