"""The refunds of orders (orders.v3.yml)."""

from decimal import Decimal

from ..formats import iso
from .statuses import PARTIALLY_REFUNDED, REFUNDED


class Refunds:
    """What was given back of orders."""

    def __init__(self, shop):
        self._shop = shop
        self.refunds = []

    def of_order(self, order_id):
        """Return the refunds of an order."""
        return [row for row in self.refunds if row["order_id"] == order_id]

    def create(self, order, amount, tax="0", items=None, reason="", is_declined=False):
        """Refund a part of an order, whose lines and status follow; return its id.

        :param items: as orders.v3.yml has them; without, the order as a whole
        :param bool is_declined: whether the payment's provider refuses
        """
        refund = {
            "id": len(self.refunds) + 1,
            "order_id": order["id"],
            "user_id": 1,
            "created": iso(self._shop.now()),
            "reason": reason,
            "total_amount": float(amount),
            "total_tax": float(tax),
            "uses_merchant_override_values": False,
            "items": items or [_whole_order(order, amount, reason)],
            "payments": [_payment(amount, is_declined)],
        }
        self.refunds.append(refund)
        _mark_lines(order, refund["items"])
        given = sum(
            Decimal(str(row["total_amount"])) for row in self.of_order(order["id"])
        )
        whole = given >= Decimal(order["total_inc_tax"])
        order["payment_status"] = "refunded" if whole else "partially refunded"
        self._shop.set_status(order["id"], REFUNDED if whole else PARTIALLY_REFUNDED)
        self._shop.hooks.refund(order, refund)
        return refund["id"]


def _whole_order(order, amount, reason):
    return {
        "item_type": "ORDER",
        "item_id": order["id"],
        "reason": reason,
        "requested_amount": float(amount),
    }


def _payment(amount, is_declined):
    return {
        "id": 1,
        "provider_id": "custom",
        "amount": float(amount),
        "offline": True,
        "is_declined": is_declined,
        "declined_message": "",
    }


def _mark_lines(order, items):
    """Note on the order's lines how much of them was refunded."""
    rows = {row["id"]: row for row in order["_lines"]}
    for item in items:
        if item["item_type"] == "PRODUCT":
            row = rows[item["item_id"]]
            row["quantity_refunded"] += item["quantity"]
            row["is_refunded"] = row["quantity_refunded"] >= row["quantity"]
