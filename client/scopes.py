"""What an API account must be allowed to do, and how that is found out harmlessly."""

from typing import NamedTuple


class Scope(NamedTuple):
    """A right of an API account.

    name: in the store's control panel
    need: what it must be set to there
    path, params: the smallest read that needs it (facts F5, F71)
    """

    name: str
    need: str
    path: str
    params: dict


ORDERS = Scope("Orders", "modify", "/v2/orders", {"limit": 1})
PRODUCTS = Scope("Products", "modify", "/v3/catalog/products", {"limit": 1})
INVENTORY = Scope("Store Inventory", "modify", "/v3/inventory/items", {"limit": 1})
LOCATIONS = Scope("Store Locations", "read-only", "/v3/inventory/locations", {})
INFORMATION = Scope("Information & Settings", "read-only", "/v2/currencies", {})
PAYMENTS = Scope("Payment Methods", "read-only", "/v2/payments/methods", {})
