from datetime import timedelta

from psycopg2.errors import DivisionByZero

from odoo import fields
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import mute_logger, tagged

from ...models.sync.bigcommerce_backend import lock_key
from ..common import BigCommerceCase


@tagged("post_install", "-at_install")
class TestSyncRun(BigCommerceCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.add_product("Mug", "MUG-1", stock=100)

    def last_run(self, kind="import_orders"):
        return self.backend.sync_run_ids.filtered(lambda run: run.kind == kind)[:1]

    def test_a_run_tells_what_it_did(self):
        self.import_order([("MUG-1", 1)])
        run = self.last_run()
        self.assertEqual((run.state, run.done, run.failed), ("done", 1, 0))
        self.assertTrue(run.end)
        self.assertGreater(run.http_calls, 0)

    def test_a_button_tells_the_same(self):
        self.shop.buy([("MUG-1", 1)])
        answer = self.run_action("action_import_orders")
        self.assertIn("1 done", answer["params"]["message"])

    def test_an_outage_postpones_the_run_and_comes_back(self):
        self.sim.faults.add("server_error", path=r"/v2/orders$", times=99, status=503)
        cron = self.env.ref("connector_bigcommerce.cron_import_orders")
        self.run_cron("cron_import_orders")
        self.assertEqual(self.last_run().state, "postponed")
        self.assertTrue(self.env["ir.cron.trigger"].search([("cron_id", "=", cron.id)]))
        with self.assertRaisesRegex(UserError, "503"):
            self.run_action("action_import_orders")

    def test_a_direction_of_a_store_is_run_by_one_worker_at_a_time(self):
        self.shop.buy([("MUG-1", 1)])
        self.sim.calls.clear()
        with self.registry.cursor() as other_worker:
            other_worker.execute(
                "SELECT pg_advisory_xact_lock(%s, %s)",
                lock_key(self.backend, "import_orders"),
            )
            with self.assertRaisesRegex(UserError, "running already"):
                self.run_action("action_import_orders")
            self.run_cron("cron_import_orders")
            self.assertFalse(self.sim.calls)
            self.run_action("action_export_shipments")
        self.run_cron("cron_import_orders")
        self.assertEqual(self.last_run().done, 1)

    def test_an_error_of_the_database_leaves_no_lock_behind(self):
        kind = "import_orders"
        with self.registry.cursor() as worker, mute_logger("odoo.sql_db"):
            backend = self.backend.with_env(self.env(cr=worker))
            with self.assertRaises(DivisionByZero), backend._exclusively(kind):
                worker.execute("SELECT 1 / 0")
        with self.registry.cursor() as other_worker:
            other_worker.execute(
                "SELECT pg_try_advisory_xact_lock(%s, %s)",
                lock_key(self.backend, kind),
            )
            self.assertTrue(other_worker.fetchone()[0])

    def test_a_run_that_was_cut_off_is_closed_by_the_next(self):
        cut_off = self.env["bigcommerce.sync.run"].create(
            {"backend_id": self.backend.id, "kind": "import_orders"}
        )
        self.run_cron("cron_import_orders")
        self.assertEqual(cut_off.state, "failed")
        self.assertEqual(self.last_run().state, "done")

    def test_however_short_its_runs_a_direction_gets_to_its_end(self):
        bought = [self.shop.buy([("MUG-1", 1)]) for _order in range(3)]
        self.sim.calls.clear()
        self.run_cron("cron_import_orders", seconds=0)
        self.assertEqual(self.last_run().state, "unfinished")
        for _run in range(9):
            if self.last_run().state == "unfinished":
                self.run_cron("cron_import_orders", seconds=0)
        self.assertEqual(self.last_run().state, "done")
        states = [self.inbox(remote_id).state for remote_id in bought]
        self.assertEqual(states, ["imported"] * 3)
        # the page and the end of the list: a run that goes on has been told already
        lists = [call for call in self.sim.calls if call.path.endswith("/v2/orders")]
        self.assertEqual(len(lists), 2)

    def other_store(self, api_path):
        """Return a connected store beside the first."""
        other = self.backend.copy({"name": "Elsewhere", "api_path": api_path})
        other.access_token = self.sim.token
        other.write(
            {
                "state": "connected",
                "connected_database": self.backend.connected_database,
                "is_live": True,
            }
        )
        return other

    def test_two_slow_stores_are_slept_once_in_a_turn(self):
        """Each takes all the time there is: none begins anew after the other."""
        self.backend.write({"sync_inventory": True, "import_orders": False})
        other = self.other_store(self.backend.api_path)
        for store in (self.backend, other):
            store.product_ids = [Command.create({"remote_id": 901, "name": "Mug"})]
        self.run_cron("cron_audit_inventory", seconds=0)
        cron = self.env.ref("connector_bigcommerce.cron_audit_inventory")
        waiting = [("cron_id", "=", cron.id)]
        for _call in range(9):
            self.run_cron("cron_audit_inventory", seconds=0)
            if not self.env["ir.cron.trigger"].search_count(waiting):
                break
        for store in (self.backend, other):
            audits = store.sync_run_ids.filtered_domain(
                [("kind", "=", "audit_inventory")]
            )
            self.assertEqual(audits.mapped("state").count("done"), 1)

    def test_one_stores_outage_never_stops_another_store(self):
        other = self.other_store("http://127.0.0.1:1/stores/x/v3/")
        order = self.import_order([("MUG-1", 1)])
        self.assertEqual(order.state, "imported")
        self.assertEqual(other.sync_run_ids[:1].state, "failed")

    def test_who_waits_for_the_quota_lets_other_stores_go_first(self):
        """And comes back when the store gives a quota again, however often."""
        other = self.other_store(self.backend.api_path)
        for status in self.backend.status_mapping_ids:
            status.copy({"backend_id": other.id})
        first, last = (self.backend + other).sorted("name")
        self.sim.faults.add("rate_limited", path=r"/v2/orders$", headers=False)
        self.run_cron("cron_import_orders")
        states = [store.sync_run_ids[:1].state for store in (first, last)]
        self.assertEqual(states, ["postponed", "done"])
        run = first.sync_run_ids[:1]
        run.failures = 5
        run._wait_for_quota(20)
        wait = run.next_attempt - fields.Datetime.now()
        self.assertAlmostEqual(wait.total_seconds(), 30, delta=5)
        self.run_cron("cron_import_orders")
        self.assertEqual(first.sync_run_ids[:1].state, "done")

    def test_old_runs_and_payloads_are_thrown_away(self):
        order = self.import_order([("MUG-1", 1)])
        old = fields.Datetime.now() - timedelta(days=1000)
        self.last_run().start = old
        order.date_modified = old
        self.last_run()._gc_old_runs()
        order._gc_old_payloads()
        self.assertFalse(self.last_run())
        self.assertFalse(order.payload)
        self.assertEqual(order.sale_order_ids.state, "sale")

    def test_a_run_that_got_something_done_is_no_failure_in_a_row(self):
        """A quota that is used up again and again does not slow a long fetch down."""
        runs = self.env["bigcommerce.sync.run"]
        for done in (0, 0, 5):
            run = runs.create({"backend_id": self.backend.id, "kind": "import_orders"})
            run.done = done
            run._postpone(20)
        failures = runs.search([("backend_id", "=", self.backend.id)]).mapped(
            "failures"
        )
        self.assertEqual(failures[:3], [1, 2, 1])
        wait = self.last_run().next_attempt - fields.Datetime.now()
        self.assertLessEqual(wait, timedelta(seconds=20))
