"""/v3/orders/payment_actions/refunds (orders.v3.yml)."""

from datetime import datetime

from ..query import LIMIT, ids, moment, paged


def refunds(shop, request):
    args = request.args
    rows = shop.refunds.refunds
    for name, field in (("order_id:in", "order_id"), ("id:in", "id")):
        if name in args:
            wanted = ids(args[name])
            rows = [row for row in rows if row[field] in wanted]
    low, high = moment(args, "created:min"), moment(args, "created:max")
    rows = [row for row in rows if _between(row["created"], low, high)]
    return paged(rows, request, LIMIT)


def order_refunds(shop, request, order_id):
    shop.raw_order(order_id)
    return {"data": shop.refunds.of_order(order_id), "meta": {}}


def _between(text, low, high):
    created = datetime.fromisoformat(text)
    return (low is None or created >= low) and (high is None or created <= high)
