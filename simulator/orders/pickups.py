"""Goods that shoppers collect (pickup.v3.yml)."""

from datetime import datetime, timezone

from ..fields import check_v3, rows, text, whole
from ..formats import iso
from ..problems import NotFound, Problem

BATCH = 100
FIELDS = {
    "order_id": whole(1),
    "pickup_method_id": whole(1),
    "ready_at": text(shortest=1),
    "collected_at": text(),
    "pickup_items": rows,
}
NEEDED = ("order_id", "pickup_method_id", "ready_at", "pickup_items")
ITEM = {"order_product_id": whole(1), "quantity": whole(1)}


class Pickups:
    """The pickups of orders."""

    def __init__(self, shop):
        self._shop = shop
        self.pickups = {}
        self._next_id = 900

    def of_orders(self, order_ids):
        """Return the pickups of some orders."""
        return [p for p in self.pickups.values() if p["order_id"] in order_ids]

    def create(self, rows):
        """Store pickups, at most 100; one that is wrong refuses them all.

        :raise Problem: 422 for what cannot be collected
        """
        if not isinstance(rows, list) or not 0 < len(rows) <= BATCH:
            raise Problem(422, f"Between 1 and {BATCH} pickups are required.")
        if not all(isinstance(row, dict) for row in rows):
            raise Problem(422, "Each pickup must be an object.")
        checked = [self._check(row) for row in rows]
        return [
            self._store(row, *parts) for row, parts in zip(rows, checked, strict=True)
        ]

    def _check(self, row):
        check_v3(row, FIELDS, NEEDED)
        try:
            order = self._shop.raw_order(row["order_id"])
        except NotFound:
            raise Problem(422, f"Order {row['order_id']} does not exist.") from None
        pickup = order["_pickup"]
        if not pickup or pickup["pickup_method_id"] != row["pickup_method_id"]:
            raise Problem(422, "The order has no such pickup method.")
        lines = {
            line["id"]: line
            for line in order["_lines"]
            if line["order_pickup_method_id"] == pickup["id"]
        }
        if not row["pickup_items"]:
            raise Problem(422, "pickup_items are required.")
        items = [self._item(lines, item) for item in row["pickup_items"]]
        return _moment(row["ready_at"]), _moment(row.get("collected_at")), items

    def _item(self, lines, item):
        check_v3(item, ITEM, ("order_product_id", "quantity"))
        line, quantity = lines.get(item["order_product_id"]), item["quantity"]
        if not line:
            raise Problem(422, "A pickup item is none of the order's to collect.")
        collected = sum(
            other["quantity"]
            for pickup in self.pickups.values()
            for other in pickup["pickup_items"]
            if other["order_product_id"] == line["id"]
        )
        if quantity > line["quantity"] - collected:
            raise Problem(422, f"Order product {line['id']} has fewer left to collect.")
        return line["id"], quantity

    def _store(self, row, ready_at, collected_at, items):
        self._next_id += 1
        now = iso(self._shop.now())
        pickup = {
            "id": self._next_id,
            "order_id": row["order_id"],
            "pickup_method_id": row["pickup_method_id"],
            "ready_at": ready_at,
            "created_at": now,
            "updated_at": now,
            "pickup_items": [
                {
                    "id": self._next_id * 100 + place,
                    "order_product_id": line_id,
                    "quantity": quantity,
                    "status": "COLLECTED" if collected_at else "AWAITING_COLLECTION",
                    "collected_at": collected_at,
                }
                for place, (line_id, quantity) in enumerate(items)
            ],
        }
        self.pickups[pickup["id"]] = pickup
        self._shop.touch(self._shop.raw_order(row["order_id"]))
        return pickup


def _moment(words):
    """Return a time of a request, in Unix seconds or ISO 8601, as the API shows it."""
    if not words:
        return None
    try:
        if words.isdecimal():
            return iso(datetime.fromtimestamp(int(words), timezone.utc))
        return iso(datetime.fromisoformat(words.replace("Z", "+00:00")))
    except (ValueError, OverflowError, OSError):
        raise Problem(422, f"{words} is no time.") from None
