"""Webhooks: which there are, and what is told to whom (webhooks.v3.yml)."""

import hashlib
import json
import re
from urllib.parse import urlsplit

from ..problems import NotFound, Problem
from .hook_delivery import Delivery

HOOKS_PER_SCOPE = 10
SCOPE = re.compile(r"store/[A-Za-z]+(/[A-Za-z_*\d]+)*(/\*)?")


class Hooks:
    """The webhooks, delivered for real."""

    def __init__(self, shop):
        self._shop = shop
        self.hooks = {}
        self._delivery = Delivery()

    def create(self, body):
        """Store a webhook (webhooks.v3.yml); return it."""
        self._check(body)
        same = [row for row in self.hooks.values() if row["scope"] == body["scope"]]
        if any(row["destination"] == body["destination"] for row in same):
            raise Problem(409, "The hook exists already.")
        if len(same) >= HOOKS_PER_SCOPE:
            raise Problem(422, "There are too many hooks of this scope.")
        now = int(self._shop.now().timestamp())
        hook = {
            "id": max(self.hooks, default=0) + 1,
            "client_id": "simulated",
            "store_hash": self._shop.store_hash,
            "scope": body["scope"],
            "destination": body["destination"],
            "headers": body.get("headers") or {},
            "is_active": bool(body.get("is_active", True)),
            "events_history_enabled": False,
            "created_at": now,
            "updated_at": now,
        }
        self.hooks[hook["id"]] = hook
        return hook

    def update(self, hook_id, body):
        """Change a webhook; return it."""
        hook = self.get(hook_id)
        self._check({**hook, **body})
        hook["updated_at"] = int(self._shop.now().timestamp())
        changeable = ("scope", "destination", "headers", "is_active")
        hook.update({name: body[name] for name in changeable if name in body})
        return hook

    def _check(self, body):
        scope, destination = body.get("scope"), body.get("destination")
        if not isinstance(scope, str) or not isinstance(destination, str):
            raise Problem(422, "scope and destination are required.")
        if not SCOPE.fullmatch(scope):
            raise Problem(422, f"The scope {scope} does not exist.")
        url = urlsplit(destination)
        # A real store takes https on port 443 only; plain http on this machine is
        # what lets tests and the demo receive anything.
        if url.hostname in ("127.0.0.1", "localhost"):
            return
        if url.scheme != "https" or url.port not in (None, 443):
            raise Problem(422, "The destination must be an https address.")

    def get(self, hook_id):
        """Return a webhook.

        :raise NotFound: when there is none
        """
        if hook_id not in self.hooks:
            raise NotFound()
        return self.hooks[hook_id]

    def order(self, event, order):
        """Tell that an order was created or updated."""
        self._emit(f"store/order/{event}", {"type": "order", "id": order["id"]})

    def status_updated(self, order, previous):
        """Tell that an order's status changed."""
        status = {
            "previous_status_id": previous,
            "new_status_id": order["status_id"],
        }
        data = {"type": "order", "id": order["id"], "status": status}
        self._emit("store/order/statusUpdated", data)

    def refund(self, order, refund):
        """Tell that money was given back."""
        data = {
            "type": "order",
            "id": order["id"],
            "refund": {"refund_id": refund["id"]},
        }
        self._emit("store/order/refund/created", data)

    def shipment(self, event, shipment):
        """Tell that a shipment was created, updated or deleted."""
        data = {
            "type": "shipment",
            "id": shipment["id"],
            "orderId": shipment["order_id"],
        }
        self._emit(f"store/shipment/{event}", data)

    def product(self, event, product_id):
        """Tell that a product was created or updated."""
        self._emit(f"store/product/{event}", {"type": "product", "id": product_id})

    def stock(self, event, variant, tracking, quantity):
        """Tell that units were counted (`inventory/updated`) or sold
        (`inventory/order/updated`)."""
        change = {
            "product_id": variant["product_id"],
            "method": "absolute",
            "value": quantity,
        }
        kind, record_id = "product", variant["product_id"]
        if tracking == "variant":
            kind, record_id = "sku", variant["sku_id"]
            change["variant_id"] = variant["id"]
        data = {"type": kind, "id": record_id, "inventory": change}
        self._emit(f"store/{kind}/{event}", data)

    def _emit(self, scope, data):
        for hook in self.hooks.values():
            if hook["is_active"] and _covers(hook["scope"], scope):
                self._delivery.put(hook, self._envelope(scope, data))

    def _envelope(self, scope, data):
        body = {
            "scope": scope,
            "store_id": "1025646",
            "data": data,
            "created_at": int(self._shop.now().timestamp()),
            "producer": "stores/demo",
        }
        text = json.dumps(body, sort_keys=True).encode()
        return {**body, "hash": hashlib.sha1(text).hexdigest()}

    def stop(self):
        """End the deliveries."""
        self._delivery.stop()


def _covers(wanted, scope):
    return wanted == scope or (wanted.endswith("/*") and scope.startswith(wanted[:-1]))
