from .demand import unreserved_demand
from .kits import find_kits, put_together
from .sold_units import SoldUnits
from .stock import Stock


def stock_behind(backend, levels, basis=None):
    """Return {level id: Stock} of what lies behind some levels of a store.

    :param backend: the store
    :param str basis: what to read; the store's own without
    """
    sold, result = SoldUnits(backend), {}
    for location, here in levels.grouped("location_id").items():
        lying = location._get_stock_locations()
        products = here.product_id.with_env(backend.env)
        stocks = stock_of(
            products.filtered("active"),
            lying,
            basis or backend.quantity_basis,
            sold.at(location, lying),
            location._get_stock_listed_elsewhere(),
        )
        for level in here:
            result[level.id] = stocks.get(level.product_id.id) or Stock()
    return result


def stock_of(products, locations, basis, sold=None, listed_elsewhere=None):
    """Return {product id: Stock} for products of a store's company.

    :param products: product.product records; kits count by their components
    :param locations: stock.location records, each with its sub-locations listed
    :param str basis: `free`, `on_hand` or `forecast`: only what it needs is read
    :param sold: {product id: units} that no stock in Odoo is held for
    :param listed_elsewhere: stock.location records that serve no demand of these
    """
    kits = find_kits(products)
    counted = products.filtered(lambda product: product not in kits).union(
        *(part for parts in kits.values() for part in parts)
    )
    result = {product.id: Stock() for product in counted}
    if counted and locations:
        if basis == "forecast":
            _read_forecasts(result, counted, locations)
        else:
            _count_quants(result, counted, locations)
        if basis == "free":
            demand = unreserved_demand(counted, locations, listed_elsewhere)
            for product_id, units in demand.items():
                result[product_id].waiting = units
    for product_id in result.keys() & (sold or {}).keys():
        result[product_id].sold = sold[product_id]
    for kit, parts in kits.items():
        result[kit.id] = put_together(parts, result, basis)
    return result


def _read_forecasts(result, products, locations):
    # Odoo looks below each: naming what lies below others would only cost time
    above = set(locations.ids)
    topmost = locations.filtered(
        lambda place: not above & {*map(int, place.parent_path.split("/")[:-2])}
    )
    for product in products.with_context(location=topmost.ids):
        result[product.id].forecast = product.virtual_available


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
