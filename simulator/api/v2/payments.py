"""/v2/payments/methods."""

from .query import page


def methods(shop, request):
    rows = [
        {"name": "Credit Card", "code": "card", "test_mode": False},
        {"name": "Bank Deposit", "code": "bankdeposit", "test_mode": False},
    ]
    return page(rows, request)
