"""Which days of a store's orders are to be compared again."""

from datetime import timedelta

from odoo.fields import Domain

from ...rules.days import StoreDays, days_between

# Documents that were written shortly before the last proof may have been committed
# after it.
OVERLAP = timedelta(hours=1)
# The first proof goes back so far.
FIRST_SPAN = timedelta(days=31)
# What of an order in Odoo tells that it changed: itself, and its documents.
INVOICES = "sale_order_ids.order_line.invoice_lines.move_id"
DOCUMENTS = (
    "sale_order_ids.",
    "sale_order_ids.picking_ids.",
    "shipment_ids.",
    "refund_ids.",
    "refund_ids.move_id.",
    f"{INVOICES}.",
    f"{INVOICES}.reversal_move_ids.",
)


def changed_days(backend, now):
    """Return the days whose orders changed since the last proof, on either side.

    What the store changed is known from the inbox. The days since then are among them,
    whatever is known of their orders: one that never came in would be missed.

    :param backend: the store
    :param now: datetime in UTC
    :return: sorted list of dates, by the store's calendar
    """
    calendar, last = calendar_of(backend), backend.proved_at
    since = last - OVERLAP if last else now - FIRST_SPAN
    today = calendar.day_of(now)
    days = set(days_between(calendar.day_of(last or now), today))
    for hour in _changed_hours(backend, since):
        # a day may begin in the middle of an hour of UTC
        days |= {calendar.day_of(hour), calendar.day_of(hour + timedelta(minutes=59))}
    return sorted(days)


def calendar_of(backend):
    """Return the StoreDays of a store."""
    return StoreDays(backend.store_timezone, backend.utc_offset)


def _changed_hours(backend, since):
    """Return the hours in which the orders that changed were placed."""
    changed = Domain("write_date", ">=", since) | Domain.OR(
        Domain(f"{path}write_date", ">=", since) for path in DOCUMENTS
    )
    orders = backend.env["bigcommerce.order"].with_context(tz="UTC")
    rows = orders._read_group(
        changed
        & Domain("backend_id", "=", backend.id)
        & Domain("date_created", "!=", False),
        ["date_created:hour"],
    )
    return [hour for (hour,) in rows]
