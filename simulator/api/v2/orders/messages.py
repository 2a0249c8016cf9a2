"""/v2/orders/{id}/messages: nobody writes any."""

from ..query import choice, flag, integer, page

NAMES = (
    "min_id",
    "max_id",
    "customer_id",
    "min_date_created",
    "max_date_created",
    "is_flagged",
    "status",
)


def messages(shop, request, order_id):
    shop.raw_order(order_id)
    for name in ("min_id", "max_id", "customer_id"):
        integer(request.args, name)
    flag(request.args, "is_flagged")
    choice(request.args, "status", "read", "unread")
    return page([], request)
