"""/v2/orders/{id}/products: the lines of an order."""

from ....orders.consignments import plain
from ....problems import NotFound
from ..query import page


def products(shop, request, order_id):
    return plain(page(shop.raw_order(order_id)["_lines"], request))


def product(shop, request, order_id, line_id):
    for line in shop.raw_order(order_id)["_lines"]:
        if line["id"] == line_id:
            return plain([line])[0]
    raise NotFound()
