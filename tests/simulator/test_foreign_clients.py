import json
import os
import subprocess
import sys
from pathlib import Path

from .simulator_case import OrderCase

# Where tools/dev installs the clients, and says why it could not.
CLIENTS = Path(os.environ.get("CONNECTOR_CLIENTS") or "/nonexistent")
SCRIPTS = Path(__file__).with_name("clients")


class TestForeignClients(OrderCase):
    """Clients of BigCommerce's API that others wrote read the simulated store."""

    def setUp(self):
        super().setUp()
        if not (CLIENTS / "complete").exists():
            reason = CLIENTS / "reason"
            why = reason.read_text() if reason.exists() else "tools/dev does so"
            self.skipTest(f"the clients of others are not installed: {why}")
        self.shop.add_product("Cap", sku="CAP-1", stock=5)
        ids = [self.shop.buy([("MUG-1", 1)]) for _order in range(5)]
        self.expected = {
            "orders": ids,
            "later": [ids[4], ids[3]],
            "products": list(self.shop.catalog.products),
            "found": [self.shop.product_by_sku("CAP-1")["id"]],
        }

    def read(self, *command, script):
        """Let clients read the store; return {client: {read: ids}}."""
        values = {
            "PYTHONPATH": str(CLIENTS / "python"),
            "STORE_URL": self.sim.url,
            "STORE_HASH": self.shop.store_hash,
            "STORE_TOKEN": self.sim.token,
            "MIN_ID": str(self.expected["later"][-1]),
            "SKU": "CAP-1",
        }
        done = subprocess.run(
            command,
            input=(SCRIPTS / script).read_text(),
            cwd=CLIENTS,
            env={**os.environ, **values},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        self.assertEqual(done.returncode, 0, done.stderr)
        return json.loads(done.stdout)

    def test_the_clients_of_npm_list_filter_and_page(self):
        loopback = str(SCRIPTS / "loopback.cjs")
        node = ("node", "--require", loopback, "--input-type=module", "-")
        seen = self.read(*node, script="read.mjs")
        for client in (
            "node-bigcommerce",
            "@aligent/bigcommerce-api",
            "@space48/bigcommerce-api",
        ):
            self.assertEqual(seen[client], self.expected, client)

    def test_the_client_of_pypi_lists_filters_and_pages(self):
        seen = self.read(sys.executable, "-", script="read.py")
        self.assertEqual(seen["bigcommerce"], self.expected)
