from unittest import TestCase

from scripted_server import TOKEN, ScriptedServer

from client import Client


class ClientCase(TestCase):
    """A client that talks to a scripted server; its waits are noted, not waited."""

    def setUp(self):
        self.server = ScriptedServer()
        self.addCleanup(self.server.stop)
        self.waits = []
        self.client = Client(self.server.api_path, TOKEN, sleep=self.waits.append)

    @property
    def asked(self):
        """The requests the server has got."""
        return self.server.requests
