"""The server: takes requests, lets the API answer, and keeps the calls."""

import hmac
import logging
import re
import threading

from ..api.routes import find_route
from ..api.scopes import ALL, is_allowed
from ..problems import Problem
from ..shop.demo_data import fill
from ..shop.shop import Shop
from . import page
from .answers import failure, json_answer, refusal, spoilt
from .api_request import Call
from .connections import Server
from .faults import Faults
from .quota import Quota
from .xml_answers import check_format, wants_json, xml_answer

HOST = "127.0.0.1"
TOKEN = "demo-token"
USERNAME = "demo"
# How often the server looks whether it shall stop: tests start and stop many.
POLL_SECONDS = 0.02


class Simulator:
    """The store's API and its page in the browser, on a loopback port.

    Settable: `token`, `scopes`, what its account may do (api/scopes.py), and
    `username` of the legacy account, whose token is the same.
    """

    def __init__(
        self,
        demo=False,
        quota=10_000,
        window_ms=30_000,
        inventory_delay=0.0,
        store_hash="demo",
    ):
        """
        :param bool demo: fill the shop with products and waiting orders
        :param int quota: requests per window
        :param window_ms: length of a window
        :param inventory_delay: seconds until an accepted adjustment is done
        :param str store_hash: which store it is
        """
        self.shop = Shop(inventory_delay, store_hash)
        self.token = TOKEN
        self.username = USERNAME
        self.scopes = ALL
        self.quota = Quota(quota, window_ms)
        self.faults = Faults()
        self.calls = []
        self.observers = []
        self._server = None
        self._thread = None
        if demo:
            fill(self.shop)

    @property
    def url(self):
        """The address of the page in the browser."""
        return f"http://{HOST}:{self._server.server_port}"

    @property
    def api_path(self):
        """The API path as BigCommerce would show it."""
        return f"{self.url}/stores/{self.shop.store_hash}/v3/"

    @property
    def legacy_path(self):
        """The API path as BigCommerce would show it of a legacy account."""
        return f"{self.url}/api/v2/"

    def start(self, port=0):
        """Listen on a loopback port, 0 for any free one.

        :raise OSError: when the port is taken
        """
        logging.getLogger("werkzeug").setLevel(logging.ERROR)
        self._server = Server(HOST, port, self)
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(POLL_SECONDS,), daemon=True
        )
        self._thread.start()

    def stop(self):
        """Stop listening, and delivering webhooks."""
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
        self.shop.hooks.stop()

    def calls_to(self, method, path):
        """Return the calls of a method whose path matches a regular expression."""
        return [c for c in self.calls if c.method == method and re.search(path, c.path)]

    def respond(self, request):
        """Return the answer to a request, None for one that never comes."""
        if request.path.startswith(("/stores/", "/api/")):
            return self._answer(request)
        return page.answer(self, request)

    def _answer(self, request):
        version = "v2" if "/v2/" in request.path else "v3"
        fault = self.faults.take(request.method, request.path)
        kind = fault.kind if fault else None
        if kind == "drop_before":
            return None
        if kind in ("server_error", "rate_limited"):
            response = failure(fault, version, self.quota)
        else:
            response = self._work(request, version)
        if version == "v2" and not wants_json(request):
            response = xml_answer(response)
        response = spoilt(fault, response)
        self._record(request, response)
        return None if kind == "drop_after" else response

    def _work(self, request, version):
        if not self.quota.use():
            problem = Problem(429, "The quota of requests is used up.")
            return refusal(problem, version, self.quota)
        try:
            self._authorize(request)
            if version == "v2":
                check_format(request)
            endpoint, values = find_route(request, self.shop.store_hash)
            with self.shop.lock:
                self.shop.catch_up()
                result = endpoint(self.shop, request, **values)
        except Problem as problem:
            return refusal(problem, version, self.quota)
        body, status = result if isinstance(result, tuple) else (result, 200)
        return json_answer(body, status, self.quota)

    def _authorize(self, request):
        if request.path.startswith("/api/"):
            self._authorize_legacy(request)
            return
        given = request.headers.get("X-Auth-Token", "")
        basic = request.authorization
        if basic and basic.type == "basic" and "/v2/" in request.path:
            given = basic.password or ""
        if not hmac.compare_digest(given.encode(), self.token.encode()):
            raise Problem(401, "Unauthorized")
        if not is_allowed(self.scopes, request.method, self._path(request)):
            words = "You do not have permission to make this request."
            raise Problem(403, words)

    def _authorize_legacy(self, request):
        """Check the user name and token of a legacy account; it has no scopes."""
        basic = request.authorization
        given = basic and basic.type == "basic" and (basic.username, basic.password)
        if given != (self.username, self.token):
            raise Problem(401, "No credentials were supplied in the request.")

    def _path(self, request):
        path = request.path.removeprefix(f"/stores/{self.shop.store_hash}")
        return path.removeprefix("/api")

    def _record(self, request, response):
        path = self._path(request)
        sent = request.json_or_text()
        call = Call(
            request.method, path, request.args.to_dict(), sent, response.status_code
        )
        self.calls.append(call)
        for observer in self.observers:
            observer(
                {
                    "method": call.method,
                    "path": path,
                    "query": call.query,
                    "headers": dict(request.headers),
                    "body": sent,
                },
                {
                    "status": call.status,
                    "headers": dict(response.headers),
                    "body": response.get_data(as_text=True),
                },
            )
