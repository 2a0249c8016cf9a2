"""Facts about BigCommerce that several files need."""

# Order statuses are a fixed list; only their custom label can be changed in the
# store (fact F25).
INCOMPLETE = 0
PENDING = 1
SHIPPED = 2
PARTIALLY_SHIPPED = 3
REFUNDED = 4
CANCELLED = 5
DECLINED = 6
AWAITING_PAYMENT = 7
AWAITING_PICKUP = 8
AWAITING_SHIPMENT = 9
COMPLETED = 10
AWAITING_FULFILLMENT = 11
MANUAL_VERIFICATION = 12
DISPUTED = 13
PARTIALLY_REFUNDED = 14

# What a newly fetched status does at import until a person decides otherwise.
IMPORT_ACTION = {
    AWAITING_PAYMENT: "quotation",
    PARTIALLY_SHIPPED: "confirm",
    AWAITING_PICKUP: "confirm",
    AWAITING_SHIPMENT: "confirm",
    AWAITING_FULFILLMENT: "confirm",
    MANUAL_VERIFICATION: "hold",
    DISPUTED: "hold",
    PARTIALLY_REFUNDED: "hold",
}

# What it does to an imported order until a person decides otherwise.
UPDATE_ACTION = {CANCELLED: "cancel", DECLINED: "cancel", REFUNDED: "cancel"}

# What in Odoo sets a status in the store until a person decides otherwise.
EXPORT_EVENT = {SHIPPED: "shipped", PARTIALLY_SHIPPED: "partially_shipped"}

# Orders in these statuses have had their units taken from the store's stock and
# may still become sale orders.
STATUSES_KEEPING_STOCK = frozenset(
    {
        PENDING,
        AWAITING_PAYMENT,
        AWAITING_PICKUP,
        AWAITING_SHIPMENT,
        AWAITING_FULFILLMENT,
        MANUAL_VERIFICATION,
        DISPUTED,
    }
)

# The location that every store has (fact F63).
DEFAULT_LOCATION = 1

# Payment states that mean the money is there (orders.v2.oas2.yml, payment_status).
PAID = ("captured", "paid", "partially refunded")

# Marks work that is tried out and undone: nothing is committed, the store is only read.
# No caller can set it: the system's work has a context of its own.
REHEARSAL = "bigcommerce_rehearsal"

# Marks a run behind which other stores wait for their turn.
OTHERS_WAIT = "bigcommerce_others_wait"
