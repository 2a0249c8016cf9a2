import socket
import threading
import time
from unittest.mock import patch

from odoo.tests import BaseCase

from ...client import Client, NoAnswer, transport
from .scripted_server import TOKEN


class TestDeadlines(BaseCase):
    """A store that accepts and does not answer keeps nobody for long."""

    def serve(self, behave):
        """Listen on this machine; return a client of what behaves like that.

        :param behave: function (connection, event that ends it)
        """
        server, end = socket.create_server(("127.0.0.1", 0)), threading.Event()

        def accept():
            while not end.is_set():
                try:
                    connection, _address = server.accept()
                except OSError:
                    return
                threading.Thread(
                    target=behave, args=(connection, end), daemon=True
                ).start()

        threading.Thread(target=accept, daemon=True).start()
        self.addCleanup(server.close)
        self.addCleanup(end.set)
        port = server.getsockname()[1]
        path = f"http://127.0.0.1:{port}/stores/abc/v3/"
        return Client(path, TOKEN, timeout=1, sleep=lambda seconds: None)

    def seconds_of(self, work, error):
        started = time.monotonic()
        with self.assertRaises(error):
            work()
        return time.monotonic() - started

    def test_silence_ends_with_the_deadline_of_the_request(self):
        client = self.serve(lambda connection, end: end.wait())
        with patch.object(transport, "REQUEST_SECONDS", 2):
            # Odoo's tests let no request end before 10 s (odoo/tests/common.py)
            self.assertLess(self.seconds_of(client.store, NoAnswer), 15)
        self.assertLess(client.calls, transport.TRIES)

    def test_an_answer_that_trickles_does_too(self):
        def trickle(connection, end):
            connection.recv(1 << 16)
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n")
            while not end.wait(0.2):
                connection.sendall(b" " * 10)

        client = self.serve(trickle)
        with patch.object(transport, "REQUEST_SECONDS", 2):
            self.assertLess(self.seconds_of(client.store, NoAnswer), 6)
