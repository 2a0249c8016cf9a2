import os
import signal
import subprocess
import sys

from odoo import SUPERUSER_ID, api
from odoo.tests import TransactionCase, tagged
from odoo.tools import SQL

from ...simulator import Simulator

# A worker of its own: what a scheduled action does, in another process.
WORKER = """
import sys
from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.tools import config

database, store_id = sys.argv[1], int(sys.argv[2])
config.parse_config(["-d", database, "--no-http"])
with Registry(database).cursor() as cr:
    stores = api.Environment(cr, SUPERUSER_ID, {})["bigcommerce.backend"]
    stores.browse(store_id)._synchronize("export_shipments")
"""
TIMEOUT = 120


@tagged("post_install", "-at_install")
class TestShipmentWorkers(TransactionCase):
    """Workers in processes of their own: one that is killed, two at once."""

    def setUp(self):
        super().setUp()
        self.sim = Simulator()
        self.sim.start()
        self.addCleanup(self.sim.stop)
        self.addCleanup(self.in_transaction, self.remove)
        self.store_id = self.in_transaction(self.set_up)

    def in_transaction(self, work):
        """Do some work in a real transaction of its own, and commit it."""
        with self.registry.cursor() as cr:
            return work(api.Environment(cr, SUPERUSER_ID, {}))

    def set_up(self, env):
        """Put a parcel into the outbox of a connected store."""
        self.sim.shop.add_product("Mug", sku="MUG", stock=5)
        order_id = self.sim.shop.buy([("MUG", 2)])
        store = env["bigcommerce.backend"].create(
            {
                "name": "Killed",
                "api_path": self.sim.api_path,
                "access_token": self.sim.token,
            }
        )
        store.action_test_connection()
        store.is_live = True
        order = env["bigcommerce.order"]._receive(
            store, list(next(store._client().order_pages()))
        )
        (line,) = self.sim.shop.order(order_id)["products"]
        picking = env["stock.picking"].create(
            {
                "picking_type_id": env.ref("stock.warehouse0").out_type_id.id,
                "location_id": env.ref("stock.warehouse0").lot_stock_id.id,
                "location_dest_id": env.ref("stock.stock_location_customers").id,
                "origin": "Killed",
            }
        )
        env["bigcommerce.shipment"].create(
            {
                "picking_id": picking.id,
                "order_id": order.id,
                "order_address_id": line["order_address_id"],
                "items": [{"order_product_id": line["id"], "quantity": 2}],
            }
        )
        return store.id

    def remove(self, env):
        store = env["bigcommerce.backend"].search([("name", "=", "Killed")])
        for table in ("bigcommerce_shipment", "bigcommerce_order"):
            env.cr.execute(
                SQL(
                    "DELETE FROM %s WHERE backend_id = ANY(%s)",
                    SQL.identifier(table),
                    store.ids,
                )
            )
        store.unlink()
        env["stock.picking"].search([("origin", "=", "Killed")]).unlink()

    def worker(self):
        """Start a worker that exports; return its process."""
        command = [sys.executable, "-c", WORKER, self.env.cr.dbname, str(self.store_id)]
        return subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )

    def work(self, killed_at=None):
        """Let a worker export; return how its process ended.

        :param str killed_at: path of the POST after which it is killed
        """
        worker = self.worker()

        def kill(request, _answer):
            if killed_at and request["method"] == "POST":
                if request["path"].endswith(killed_at):
                    os.kill(worker.pid, signal.SIGKILL)

        self.sim.observers.append(kill)
        try:
            output, _errors = worker.communicate(timeout=TIMEOUT)
        finally:
            self.sim.observers.remove(kill)
        return worker.returncode, output

    def test_a_worker_killed_before_its_commit_tells_nothing_twice(self):
        code, output = self.work(killed_at="/shipments")
        self.assertEqual(code, -signal.SIGKILL, output)
        self.assertEqual(len(self.sim.shop.despatch.shipments), 1)
        self.assertEqual(self.in_transaction(self.look), ("pending", 1, 0))
        code, output = self.work()
        self.assertEqual(code, 0, output)
        ((remote_id, _shipment),) = self.sim.shop.despatch.shipments.items()
        self.assertEqual(self.in_transaction(self.look), ("exported", 2, remote_id))
        mails = [mail["kind"] for mail in self.sim.shop.mails]
        self.assertEqual(mails.count("shipment"), 1)

    def test_two_workers_at_once_tell_it_once(self):
        self.sim.faults.add("delay", method="POST", path=r"/shipments$", seconds=1)
        workers = [self.worker() for _worker in range(2)]
        for worker in workers:
            output, _errors = worker.communicate(timeout=TIMEOUT)
            self.assertEqual(worker.returncode, 0, output)
        self.assertEqual(len(self.sim.calls_to("POST", r"/shipments$")), 1)
        self.assertEqual(self.in_transaction(self.look)[0], "exported")

    def look(self, env):
        """Return what a new transaction sees of the parcel."""
        shipment = env["bigcommerce.shipment"].search(
            [("backend_id", "=", self.store_id)]
        )
        return shipment.state, shipment.attempts, shipment.remote_id
