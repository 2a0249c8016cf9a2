"""/v2/orders/{id}/consignments: where the parts of an order go."""

from ....orders.consignments import consignments as consignments_of
from ..query import check_includes


def consignments(shop, request, order_id):
    kept = shop.raw_order(order_id)
    includes = check_includes(request.args, "consignments.line_items")
    return consignments_of(kept, bool(includes))
