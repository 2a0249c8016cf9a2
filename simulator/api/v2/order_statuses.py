"""/v2/order_statuses."""

from ...orders.statuses import STATUSES, status_rows
from ...problems import NotFound


def order_statuses(shop, request):
    return status_rows()


def order_status(shop, request, status_id):
    if status_id not in STATUSES:
        raise NotFound()
    return next(row for row in status_rows() if row["id"] == status_id)
