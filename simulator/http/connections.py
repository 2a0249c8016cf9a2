"""The connections of clients, which stay open from one request to the next."""

import logging
import socket
from contextlib import suppress

from werkzeug.http import http_date
from werkzeug.serving import ThreadedWSGIServer, WSGIRequestHandler
from werkzeug.wrappers import Response

from .api_request import ApiRequest

_logger = logging.getLogger(__name__)


class Server(ThreadedWSGIServer):
    """Listens for connections; each has a thread of its own."""

    def __init__(self, host, port, simulator):
        """
        :param simulator: whose `respond` answers requests, by whose clock it is
        """
        super().__init__(host, port, simulator, _Connection)
        self.open = set()

    def server_close(self):
        """Stop listening, and end the connections that are open."""
        super().server_close()
        for connection in list(self.open):
            with suppress(OSError):  # the client was faster
                connection.shutdown(socket.SHUT_RDWR)


class _Connection(WSGIRequestHandler):
    protocol_version = "HTTP/1.1"
    # the parts of an answer are sent at once
    disable_nagle_algorithm = True

    def setup(self):
        super().setup()
        self.server.open.add(self.connection)

    def finish(self):
        self.server.open.discard(self.connection)
        super().finish()

    def run_wsgi(self):
        """Answer a request and leave the connection open; werkzeug would close it."""
        request = ApiRequest(self.make_environ())
        try:
            # what is left unread would be taken for the next request
            request.get_data()
            response = self.server.app.respond(request)
        except Exception:
            _logger.exception("%s %s", request.method, request.path)
            response = Response(status=500)
        if response is None:
            self.close_connection = True
            return
        body = response.get_data()
        self.send_response(response.status_code)
        for name, value in response.headers:
            if name != "Content-Length":
                self.send_header(name, value)
        if response.status_code != 204:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if request.method != "HEAD":
            self.wfile.write(body)

    def date_time_string(self, timestamp=None):
        """Tell the time by the shop's clock."""
        return http_date(self.server.app.shop.now())

    def log(self, type, message, *args):
        """Say nothing: the page and `Simulator.calls` show the calls."""
