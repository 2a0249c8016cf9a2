"""A tiny real HTTP server that answers as a test has written down."""

import json
import threading
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

    def answer(self, body=None, status=200, headers=None, raw=None, drop=False):
        """Write down the next answer: JSON, raw bytes, or none at all."""
        text = raw if raw is not None else json.dumps(body).encode()
        self._answers.append((status, headers or {}, text, drop))
        return self

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
        status, headers, text, drop = self._answers.pop(0)
        if drop:
            handler.close_connection = True
            return
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name, value)
        handler.send_header("Content-Length", str(0 if status == 204 else len(text)))
        handler.end_headers()
        if status != 204:
            handler.wfile.write(text)
