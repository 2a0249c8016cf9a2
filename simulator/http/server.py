"""The server: takes requests, lets the API answer, and keeps the calls."""

import hmac
import logging
import re
import threading

from werkzeug.exceptions import HTTPException
from werkzeug.http import http_date
from werkzeug.serving import WSGIRequestHandler, make_server

from ..api.routes import URL_MAP
from ..problems import NotFound, Problem
from ..shop.demo_data import fill
from ..shop.shop import Shop
from . import page
from .answers import failure, json_answer, refusal, spoilt
from .api_request import ApiRequest, Call
from .faults import Faults
from .quota import Quota

HOST = "127.0.0.1"
TOKEN = "demo-token"
# How often the server looks whether it shall stop: tests start and stop many.
POLL_SECONDS = 0.02


class Simulator:
    """The store's API and its page in the browser, on a loopback port."""

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

    def start(self, port=0):
        """Listen on a loopback port, 0 for any free one.

        :raise OSError: when the port is taken
        """
        logging.getLogger("werkzeug").setLevel(logging.ERROR)
        self._server = make_server(
            HOST, port, self, threaded=True, request_handler=_QuietHandler
        )
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

    def __call__(self, environ, start_response):
        request = ApiRequest(environ)
        if not request.path.startswith("/stores/"):
            return page.answer(self, request)(environ, start_response)
        response = self._answer(request)
        if response is None:
            # a werkzeug server closes the connection when nothing was started
            raise ConnectionAbortedError
        return response(environ, start_response)

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
        response = spoilt(kind, response)
        self._record(request, response)
        return None if kind == "drop_after" else response

    def _work(self, request, version):
        if not self.quota.use():
            problem = Problem(429, "The quota of requests is used up.")
            return refusal(problem, version, self.quota)
        try:
            self._authorize(request)
            endpoint, values = _match(request, self.shop.store_hash)
            with self.shop.lock:
                self.shop.catch_up()
                result = endpoint(self.shop, request, **values)
        except Problem as problem:
            return refusal(problem, version, self.quota)
        body, status = result if isinstance(result, tuple) else (result, 200)
        return json_answer(body, status, self.quota)

    def _authorize(self, request):
        given = request.headers.get("X-Auth-Token", "")
        basic = request.authorization
        if basic and basic.type == "basic" and "/v2/" in request.path:
            given = basic.password or ""
        if not hmac.compare_digest(given.encode(), self.token.encode()):
            raise Problem(401, "Unauthorized")

    def _record(self, request, response):
        path = request.path.removeprefix(f"/stores/{self.shop.store_hash}")
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


class _QuietHandler(WSGIRequestHandler):
    protocol_version = "HTTP/1.1"

    def date_time_string(self, timestamp=None):
        """Tell the time by the shop's clock."""
        return http_date(self.server.app.shop.now())

    def log(self, type, message, *args):
        """Say nothing: the page and `Simulator.calls` show the calls."""

    def connection_dropped(self, error, environ=None):
        """Close the connection: a dropped answer is one that never comes."""
        self.close_connection = True


def _match(request, store_hash):
    try:
        adapter = URL_MAP.bind_to_environ(request.environ)
        endpoint, values = adapter.match()
    except HTTPException as error:
        raise NotFound() from error
    if values.pop("store_hash") != store_hash:
        raise NotFound()
    return endpoint, values
