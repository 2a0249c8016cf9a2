import socket
from unittest import TestCase

import requests


class TestNetworkGuard(TestCase):
    """Tests reach this machine and nothing else."""

    def test_other_hosts_are_refused(self):
        with self.assertRaisesRegex(OSError, "may not reach 192.0.2.1"):
            socket.create_connection(("192.0.2.1", 80), timeout=1)
        with self.assertRaises(requests.ConnectionError):
            requests.get("http://192.0.2.1/", timeout=1)

    def test_this_machine_is_reached(self):
        with socket.create_server(("127.0.0.1", 0)) as server:
            socket.create_connection(server.getsockname(), timeout=1).close()
