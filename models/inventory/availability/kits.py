from collections import Counter
from math import floor

from .stock import Stock

# Sums of floats: 2.9999999999 kits are 3.
PRECISION = 0.000001


def find_kits(products):
    """Return {kit: {component: units for one kit}} of those products that are kits.

    With nested kits taken apart, and without what Odoo does not count (mrp,
    product.py).
    """
    if "mrp.bom" not in products.env or not products:
        return {}
    boms = products.env["mrp.bom"]._bom_find(
        products, company_id=products.env.company.id, bom_type="phantom"
    )
    return {product: _components(bom, product) for product, bom in boms.items() if bom}


def find_components(products):
    """Return the products that the kits among some products are made of."""
    parts = [part for parts in find_kits(products).values() for part in parts]
    return products.browse().union(*parts)


def _components(bom, product):
    parts = Counter()
    for line, values in bom.explode(product, 1)[1]:
        component = line.product_id
        if component.is_storable and values["qty"] > 0:
            parts[component] += line.product_uom_id._compute_quantity(
                values["qty"] / values["original_qty"] / bom.product_qty,
                component.uom_id,
                round=False,
                raise_if_failure=False,
            )
    return parts


def take_apart(units):
    """Return units with the components of kits in place of the kits.

    :param units: {product.product: units}
    :return: {product id: units}
    """
    kits = find_kits(next(iter(units)).browse().concat(*units)) if units else {}
    result = Counter()
    for product, quantity in units.items():
        for component, share in kits.get(product, {product: 1}).items():
            result[component.id] += quantity * share
    return result


def put_together(parts, stocks, basis):
    """Return the Stock of a kit: how many could be made of its components.

    :param dict parts: {component: units for one kit}
    :param dict stocks: {component id: Stock}
    :param str basis: `free`, `on_hand` or `forecast`
    """

    def kits(units):
        shares = (units(stocks[part.id]) / share for part, share in parts.items())
        return floor(min(shares, default=0) + PRECISION)

    on_hand = kits(lambda stock: stock.on_hand)
    unreserved = kits(lambda stock: stock.on_hand - stock.reserved)
    free = kits(lambda stock: stock.available("free") + stock.sold)
    forecast = kits(lambda stock: stock.forecast)
    unsold = {"on_hand": on_hand, "free": free, "forecast": forecast}[basis]
    return Stock(
        on_hand=on_hand,
        reserved=on_hand - unreserved,
        waiting=unreserved - free,
        forecast=forecast,
        sold=unsold - kits(lambda stock: stock.available(basis)),
    )
