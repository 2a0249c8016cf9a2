from odoo.tests import BaseCase

from ...client import Client
from .scripted_server import TOKEN, ScriptedServer


class ClientCase(BaseCase):
    """A client that talks to a scripted server; its waits are noted, not waited."""

    def setUp(self):
        super().setUp()
        self.server = ScriptedServer()
        self.addCleanup(self.server.stop)
        self.waits = []
        self.client = Client(self.server.api_path, TOKEN, sleep=self.waits.append)

    @property
    def asked(self):
        """The requests the server has got."""
        return self.server.requests
