"""Webhooks: which there are, and what is told to whom (webhooks.v3.yml)."""

import hashlib
import json
from urllib.parse import urlsplit

from ..fields import INVALID, check_v3, flag, nullable, text, texts
from ..problems import NotFound, Problem
from .hook_delivery import Delivery
from .hook_scopes import is_scope

HOOKS_PER_SCOPE = 10
FIELDS = {
    "scope": text(),
    "destination": text(),
    "is_active": flag,
    "headers": nullable(texts),
}


class Hooks:
    """The webhooks, delivered for real."""

    def __init__(self, shop):
        self._shop = shop
        self.hooks = {}
        self._delivery = Delivery()

    def create(self, body):
        """Store a webhook; return it.

        :raise Problem: 422 for what is wrong, and for the same hook a second time
        """
        check_v3(body, FIELDS, ("scope", "destination"))
        self._check(body["scope"], body["destination"], self.hooks.values())
        now = int(self._shop.now().timestamp())
        hook = {
            "id": max(self.hooks, default=0) + 1,
            "client_id": "simulated",
            "store_hash": self._shop.store_hash,
            "scope": body["scope"],
            "destination": body["destination"],
            "headers": body.get("headers") or {},
            "is_active": body.get("is_active", True),
            "events_history_enabled": False,
            "created_at": now,
            "updated_at": now,
        }
        self.hooks[hook["id"]] = hook
        return hook

    def update(self, hook_id, body):
        """Change a webhook; return it.

        :raise NotFound: when there is none
        :raise Problem: 422 for what is wrong
        """
        hook = self.get(hook_id)
        check_v3(body, FIELDS)
        changed = {name: body[name] for name in FIELDS if name in body}
        whole = {**hook, **changed}
        others = [row for row in self.hooks.values() if row is not hook]
        self._check(whole["scope"], whole["destination"], others)
        hook.update(changed, updated_at=int(self._shop.now().timestamp()))
        return hook

    def _check(self, scope, destination, others):
        if not is_scope(scope):
            raise Problem(422, INVALID, {"scope": "does not exist"})
        if not _is_reachable(destination):
            raise Problem(422, INVALID, {"destination": "must be an https address"})
        same = [row["destination"] for row in others if row["scope"] == scope]
        if destination in same:
            raise Problem(422, INVALID, {"destination": "has this scope already"})
        if len(same) >= HOOKS_PER_SCOPE:
            raise Problem(422, INVALID, {"scope": "has too many hooks"})

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
            "producer": f"stores/{self._shop.store_hash}",
        }
        text = json.dumps(body, sort_keys=True).encode()
        return {**body, "hash": hashlib.sha1(text).hexdigest()}

    def stop(self):
        """End the deliveries."""
        self._delivery.stop()


def _is_reachable(destination):
    """Tell whether events can be sent to an address: https on port 443 only.

    Plain http on this machine is what lets tests and the demo receive anything.
    """
    try:
        url = urlsplit(destination)
        local = url.hostname in ("127.0.0.1", "localhost")
        secure = url.scheme == "https" and bool(url.hostname)
        return local or (secure and url.port in (None, 443))
    except ValueError:
        return False


def _covers(wanted, scope):
    return wanted == scope or (wanted.endswith("/*") and scope.startswith(wanted[:-1]))
