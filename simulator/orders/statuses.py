"""The fixed list of order statuses (fact F25)."""

INCOMPLETE = 0
PENDING = 1
SHIPPED = 2
PARTIALLY_SHIPPED = 3
REFUNDED = 4
CANCELLED = 5
DECLINED = 6
AWAITING_PAYMENT = 7
COMPLETED = 10
PARTIALLY_REFUNDED = 14

# id: (name, place in the store's lists)
STATUSES = {
    0: ("Incomplete", 0),
    1: ("Pending", 1),
    2: ("Shipped", 8),
    3: ("Partially Shipped", 6),
    4: ("Refunded", 11),
    5: ("Cancelled", 9),
    6: ("Declined", 10),
    7: ("Awaiting Payment", 2),
    8: ("Awaiting Pickup", 5),
    9: ("Awaiting Shipment", 4),
    10: ("Completed", 7),
    11: ("Awaiting Fulfillment", 3),
    12: ("Manual Verification Required", 13),
    13: ("Disputed", 12),
    14: ("Partially Refunded", 14),
}

# Orders in these hold none of the store's units.
WITHOUT_STOCK = (INCOMPLETE, REFUNDED, CANCELLED, DECLINED)

# Orders that begin in these are not paid yet.
UNPAID = (INCOMPLETE, PENDING, DECLINED, AWAITING_PAYMENT)

# In these a shipment leaves the status as it is.
CLOSED = (REFUNDED, CANCELLED, DECLINED, COMPLETED)


def status_rows():
    """Return the rows of GET /v2/order_statuses."""
    return [
        {
            "id": status_id,
            "name": name,
            "system_label": name,
            "custom_label": name,
            "system_description": f"{name}.",
            "order": place,
        }
        for status_id, (name, place) in STATUSES.items()
    ]
