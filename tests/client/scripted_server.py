"""A tiny real HTTP server that answers as a test has written down."""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

TOKEN = "secret-token-123"


class ScriptedServer:
    """Answers requests in turn; remembers what it was asked."""

    def __init__(self):
        self.requests = []
        self._answers = []
        script = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                script._handle(self)

            do_PUT = do_POST = do_DELETE = do_GET

            def log_message(self, *args):
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()

    @property
    def api_path(self):
        return f"http://127.0.0.1:{self._server.server_port}/stores/abc123/v3/"

    def answer(
        self, body=None, status=200, headers=None, raw=None, drop=False, cut=0, drip=0
    ):
        """Write down the next answer: JSON, raw bytes, or none at all.

        :param int cut: so many bytes less are sent than were announced
        :param drip: seconds between one byte and the next
        """
        text = raw if raw is not None else json.dumps(body).encode()
        self._answers.append((status, headers or {}, text, drop, cut, drip))
        return self

    def forget(self):
        """Forget the answers that were not asked for."""
        self._answers.clear()

    def stop(self):
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def _handle(self, handler):
        length = int(handler.headers.get("Content-Length") or 0)
        body = handler.rfile.read(length)
        self.requests.append(
            {
                "method": handler.command,
                "path": handler.path,
                "headers": dict(handler.headers),
                "body": json.loads(body) if body else None,
            }
        )
        status, headers, text, drop, cut, drip = self._answers.pop(0)
        handler.close_connection = bool(drop or cut)
        if drop:
            return
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name, value)
        length = 0 if status == 204 else len(text) + cut
        handler.send_header("Content-Length", str(length))
        handler.end_headers()
        if drip:
            _drip(handler.wfile, text, drip)
        elif status != 204:
            handler.wfile.write(text)


def _drip(stream, text, seconds):
    """Send a text byte by byte, until nobody reads on."""
    try:
        for number in range(len(text)):
            stream.write(text[number : number + 1])
            stream.flush()
            time.sleep(seconds)
    except OSError:
        return
