import hmac
import json
import logging
import re
import threading
from dataclasses import dataclass

from werkzeug.exceptions import HTTPException
from werkzeug.http import http_date
from werkzeug.serving import WSGIRequestHandler, make_server
from werkzeug.wrappers import Request, Response

from ..api.routes import URL_MAP
from ..problems import NotFound, Problem
from ..shop.shop import Shop
from . import page
from .faults import Faults
from .quota import Quota

HOST = "127.0.0.1"
STORE_HASH = "demo"
TOKEN = "demo-token"
# How often the server looks whether it shall stop: tests start and stop many.
POLL_SECONDS = 0.02
HTML = "<html><head><title>Please wait</title></head><body>Busy</body></html>"


@dataclass(frozen=True)
class Call:
    """A request that the API was asked, and the status of its answer."""

    method: str
    path: str
    query: dict
    body: object
    status: int


class ApiRequest(Request):
    """A request with a JSON body."""

    def json_body(self):
        """Return the parsed body.

        :raise Problem: when it is no JSON object or array
        """
        try:
            body = json.loads(self.get_data() or b"null")
        except ValueError as error:
            raise Problem(400, "The body is not valid JSON.") from error
        if not isinstance(body, dict | list):
            raise Problem(400, "The body must be an object or an array.")
        return body

    def json_object(self):
        """Return the parsed body of an endpoint that takes one object.

        :raise Problem: when it is anything else
        """
        body = self.json_body()
        if not isinstance(body, dict):
            raise Problem(400, "The body must be an object.")
        return body

    def json_or_text(self):
        """Return the body as it was sent, parsed where it can be; None without one."""
        sent = self.get_data()
        try:
            return json.loads(sent) if sent else None
        except ValueError:
            return sent.decode(errors="replace")


class Simulator:
    """The store's API and its page in the browser, on a loopback port."""

    def __init__(self, demo=False, quota=10_000, window_ms=30_000, inventory_delay=0.0):
        """
        :param bool demo: fill the shop with products and waiting orders
        :param int quota: requests per window
        :param window_ms: length of a window
        :param inventory_delay: seconds until an accepted adjustment is done
        """
        self.shop = Shop(inventory_delay)
        self.token = TOKEN
        self.quota = Quota(quota, window_ms)
        self.faults = Faults()
        self.calls = []
        self.observers = []
        self._server = None
        self._thread = None
        if demo:
            from ..shop.demo_data import fill

            fill(self.shop)

    @property
    def url(self):
        """The address of the page in the browser."""
        return f"http://{HOST}:{self._server.server_port}"

    @property
    def api_path(self):
        """The API path as BigCommerce would show it."""
        return f"{self.url}/stores/{STORE_HASH}/v3/"

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
            response = self._failing(fault, version)
        else:
            response = self._work(request, version)
        response = _spoil(kind, response)
        self._record(request, response)
        return None if kind == "drop_after" else response

    def _failing(self, fault, version):
        if fault.kind == "server_error":
            status = fault.options.get("status", 500)
            problem = Problem(status, "The store has a problem.")
            return self._respond(problem.body(version), status)
        problem = Problem(429, "Too many requests.")
        response = self._respond(problem.body(version), 429)
        if not fault.options.get("headers", True):
            for name in list(response.headers.keys()):
                if name.startswith("X-R"):
                    del response.headers[name]
        elif "reset_ms" in fault.options:
            reset = str(fault.options["reset_ms"])
            response.headers["X-Rate-Limit-Time-Reset-Ms"] = reset
        return response

    def _work(self, request, version):
        if not self.quota.use():
            problem = Problem(429, "The quota of requests is used up.")
            return self._respond(problem.body(version), 429)
        try:
            self._authorize(request)
            endpoint, values = _match(request)
            with self.shop.lock:
                self.shop.catch_up()
                result = endpoint(self.shop, request, **values)
        except Problem as problem:
            return self._respond(problem.body(version), problem.status)
        body, status = result if isinstance(result, tuple) else (result, 200)
        return self._respond(body, status)

    def _authorize(self, request):
        given = request.headers.get("X-Auth-Token", "")
        basic = request.authorization
        if basic and basic.type == "basic" and "/v2/" in request.path:
            given = basic.password or ""
        if not hmac.compare_digest(given.encode(), self.token.encode()):
            raise Problem(401, "Unauthorized")

    def _respond(self, body, status):
        headers = self.quota.headers()
        if status == 429:
            reset = int(headers["X-Rate-Limit-Time-Reset-Ms"])
            headers["X-Retry-After"] = str(max(-(-reset // 1000), 1))
        if body == [] or status == 204:
            return Response(status=204, headers=headers)
        text = json.dumps(body)
        return Response(text, status, headers, content_type="application/json")

    def _record(self, request, response):
        path = request.path.removeprefix(f"/stores/{STORE_HASH}")
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


def _match(request):
    try:
        adapter = URL_MAP.bind_to_environ(request.environ)
        endpoint, values = adapter.match()
    except HTTPException as error:
        raise NotFound() from error
    if values.pop("store_hash") != STORE_HASH:
        raise NotFound()
    return endpoint, values


def _spoil(kind, response):
    """Return what arrives of an answer when something is wrong on the way."""
    if kind == "html":
        return Response(HTML, response.status_code, content_type="text/html")
    if kind == "truncated":
        half = response.get_data()[: max(len(response.get_data()) // 2, 1)]
        return Response(half, response.status_code, content_type="application/json")
    return response
