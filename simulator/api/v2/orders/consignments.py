"""/v2/orders/{id}/consignments: where the parts of an order go."""

from ....orders.consignments import consignments as consignments_of


def consignments(shop, request, order_id):
    kept = shop.raw_order(order_id)
    return consignments_of(kept, request.args.get("include") == "line_items")
