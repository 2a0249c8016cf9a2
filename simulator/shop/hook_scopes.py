"""The scopes that a webhook may have (webhooks.v3.yml, and the guide to events)."""

import re

# {what it is about: the events}; "/*" stands for all events of one.
EVENTS = {
    "app": ("uninstalled",),
    "cart": (
        "created",
        "updated",
        "deleted",
        "couponApplied",
        "abandoned",
        "converted",
        "lineItem/created",
        "lineItem/updated",
        "lineItem/deleted",
    ),
    "category": ("created", "updated", "deleted"),
    "channel": ("created", "updated"),
    "customer": (
        "created",
        "updated",
        "deleted",
        "address/created",
        "address/updated",
        "address/deleted",
        "payment/instrument/default/updated",
    ),
    "hook": ("deliveryException",),
    "information": ("updated",),
    "inventory": ("location/created", "location/updated"),
    "order": (
        "created",
        "updated",
        "archived",
        "statusUpdated",
        "message/created",
        "refund/created",
        "transaction/created",
        "transaction/updated",
    ),
    "product": (
        "created",
        "updated",
        "deleted",
        "inventory/updated",
        "inventory/order/updated",
    ),
    "shipment": ("created", "updated", "deleted"),
    "sku": (
        "created",
        "updated",
        "deleted",
        "inventory/updated",
        "inventory/order/updated",
    ),
    "subscriber": ("created", "updated", "deleted"),
}
SCOPES = {
    f"store/{subject}/{event}"
    for subject, events in EVENTS.items()
    for event in (*events, "*")
}
# What happens in one channel, or with * in any.
CHANNEL = re.compile(
    r"store/channel/(\d+|\*)/"
    r"(order/(\*|created|updated|archived|statusUpdated)"
    r"|inventory/product/(\*|stock_changed|low_stock_reached|out_of_stock_reached"
    r"|settings_changed))",
    re.ASCII,
)


def is_scope(text):
    """Tell whether a webhook may have a scope."""
    return text in SCOPES or CHANNEL.fullmatch(text) is not None
