import hashlib
import json
import queue
import threading
import time
import urllib.error
import urllib.request

from .problems import NotFound, Problem

TRIES = 3


class Hooks:
    """Webhooks, delivered for real by a thread of their own."""

    def __init__(self, shop):
        self._shop = shop
        self.hooks = {}
        self.deliveries = []
        self._queue = queue.Queue()
        self._thread = None

    def create(self, body):
        """Store a webhook (webhooks.v3.yml); return it."""
        if not body.get("scope") or not body.get("destination"):
            raise Problem(422, "scope and destination are required.")
        # A real store takes https on port 443 only; plain http on this machine is
        # what lets tests and the demo receive anything.
        loopback = body["destination"].startswith(
            ("http://127.0.0.1", "http://localhost")
        )
        if not body["destination"].startswith("https://") and not loopback:
            raise Problem(422, "The destination must be an https address.")
        same = [
            hook
            for hook in self.hooks.values()
            if hook["scope"] == body["scope"]
            and hook["destination"] == body["destination"]
        ]
        if same:
            raise Problem(409, "The hook exists already.")
        now = int(self._shop.now().timestamp())
        hook = {
            "id": max(self.hooks, default=0) + 1,
            "client_id": "simulated",
            "store_hash": "demo",
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
        changeable = ("scope", "destination", "headers", "is_active")
        hook.update({name: body[name] for name in changeable if name in body})
        return hook

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

    def _emit(self, scope, data):
        for hook in self.hooks.values():
            if hook["is_active"] and _covers(hook["scope"], scope):
                self._start()
                self._queue.put((hook, self._envelope(scope, data)))

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

    def _start(self):
        if self._thread is None:
            self._thread = threading.Thread(target=self._deliver, daemon=True)
            self._thread.start()

    def stop(self):
        """End the deliveries."""
        if self._thread is not None:
            self._queue.put(None)
            self._thread.join(5)
            self._thread = None

    def _deliver(self):
        while (job := self._queue.get()) is not None:
            hook, body = job
            for attempt in range(TRIES):
                status = _post(hook, body)
                self.deliveries.append((hook["scope"], body["data"], status))
                if 200 <= status < 300:
                    break
                time.sleep(0.05 * 2**attempt)


def _covers(wanted, scope):
    return wanted == scope or (wanted.endswith("/*") and scope.startswith(wanted[:-1]))


def _post(hook, body):
    request = urllib.request.Request(
        hook["destination"],
        json.dumps(body).encode(),
        {"Content-Type": "application/json", **hook["headers"]},
    )
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return 0
