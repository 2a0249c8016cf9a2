import socket
import sys

import requests

from odoo.tests import BaseCase


class TestNetworkGuard(BaseCase):
    """Tests reach this machine and nothing else."""

    def test_other_hosts_are_refused(self):
        with self.assertRaises(requests.ConnectionError):
            requests.get("http://192.0.2.1/", timeout=1)

    def test_other_hosts_are_refused_to_sockets_too(self):
        if "pytest_guard" not in sys.modules:
            self.skipTest("only a run of make test guards sockets (pytest_guard.py)")
        with self.assertRaisesRegex(OSError, "may not reach 192.0.2.1"):
            socket.create_connection(("192.0.2.1", 80), timeout=1)

    def test_this_machine_is_reached(self):
        with socket.create_server(("127.0.0.1", 0)) as server:
            socket.create_connection(server.getsockname(), timeout=1).close()
