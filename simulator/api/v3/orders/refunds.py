"""/v3/orders/payment_actions/refunds (orders.v3.yml)."""

from datetime import datetime

from ....formats import parse_moment
from ..filters import filters, matching, whole
from ..query import PAGING, paged

# A refund names no transaction here, so that this filter finds none.
BY_TRANSACTION = filters("transaction_id", str, value=lambda row: "")
FILTERS = {
    **filters("order_id", whole, "in"),
    **filters("id", whole, "in"),
    **filters(
        "created",
        parse_moment,
        "min",
        "max",
        value=lambda row: datetime.fromisoformat(row["created"]),
    ),
    **BY_TRANSACTION,
}
NAMES = (*FILTERS, *PAGING)


def refunds(shop, request):
    return paged(matching(shop.refunds.refunds, request.args, FILTERS), request)


def order_refunds(shop, request, order_id):
    shop.raw_order(order_id)
    rows = matching(shop.refunds.of_order(order_id), request.args, BY_TRANSACTION)
    return {"data": rows, "meta": {}}
