from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.tests import tagged

from ...models.orders.import_orders import ImportOrders
from ...models.sync.bigcommerce_backend import lock_key
from ...models.sync.direction import OutOfTime
from .test_stock_push import ADJUSTMENTS, StockCase

ORDERS = r"/v2/orders$"


class OutageCase(StockCase):
    def last_run(self):
        runs = self.env["bigcommerce.sync.run"]
        return runs._get_last(self.backend, "push_inventory")


@tagged("post_install", "-at_install")
class TestOrdersUnknown(OutageCase):
    """While orders cannot be fetched, decreases are sent and increases wait.

    What the store sold since is not known: a larger number would give it back.
    """

    def change_both_ways(self):
        self.set_stock(self.mug, 3)
        self.set_stock(self.shirts[0], 9)

    def assert_only_decreases_were_sent(self):
        self.assertEqual(self.sent(), [3])
        self.assertEqual(self.shop.stock("MUG-1"), 3)
        self.assertEqual(self.shop.stock("TSH-S"), 4)
        self.assertEqual(self.level("TSH-S").state, "pending")

    def test_an_account_that_may_not_read_orders(self):
        self.change_both_ways()
        self.sim.faults.add("server_error", path=ORDERS, status=503, times=99)
        self.push()
        self.assert_only_decreases_were_sent()
        self.assertEqual(self.last_run().state, "postponed")
        self.assertIn("1 quantities wait", self.last_run().message)
        self.sim.faults.clear()
        self.push()
        self.assertEqual(self.shop.stock("TSH-S"), 9)
        self.assertEqual(self.last_run().state, "done")

    def test_no_status_is_mapped_yet(self):
        self.backend.status_mapping_ids.unlink()
        self.change_both_ways()
        self.push()
        self.assert_only_decreases_were_sent()

    def test_another_run_is_fetching(self):
        self.change_both_ways()
        with self.registry.cursor() as cr:
            key = lock_key(self.backend, "fetch_orders")
            cr.execute("SELECT pg_try_advisory_lock(%s, %s)", key)
            self.push()
            cr.execute("SELECT pg_advisory_unlock(%s, %s)", key)
        self.assert_only_decreases_were_sent()
        self.push()
        self.assertEqual(self.shop.stock("TSH-S"), 9)

    def test_a_backlog_of_imports_keeps_no_quantity_waiting(self):
        """Orders that are fetched are known, whoever makes sale orders of them."""
        self.change_both_ways()
        with self.registry.cursor() as cr:
            key = lock_key(self.backend, "import_orders")
            cr.execute("SELECT pg_try_advisory_lock(%s, %s)", key)
            self.push()
            cr.execute("SELECT pg_advisory_unlock(%s, %s)", key)
        self.assertEqual(sorted(self.sent()), [3, 9])

    def test_a_fetch_that_takes_many_runs(self):
        """Its orders are not all here, but what has less to sell is told."""
        self.backend.order_fetch_start = fields.Datetime.now() - timedelta(hours=1)
        self.change_both_ways()
        with patch.object(ImportOrders, "fetch", side_effect=OutOfTime):
            self.push()
        self.assert_only_decreases_were_sent()
        self.assertEqual(self.last_run().state, "unfinished")

    def test_units_sold_meanwhile_are_never_given_back(self):
        """Of 10 shown ones 8 were sold there; here 4 were taken: 6 would be 4 more."""
        self.shop.buy([("MUG-1", 8)])
        self.set_stock(self.mug, 6)
        self.sim.faults.add("server_error", path=ORDERS, status=503, times=99)
        self.push()
        self.assertFalse(self.sent())
        self.assertEqual(self.shop.stock("MUG-1"), 2)


@tagged("post_install", "-at_install")
class TestStockOutage(OutageCase):
    """The store is away while quantities are on their way."""

    def test_nobody_listens(self):
        port = self.sim._server.server_port
        self.set_stock(self.mug, 3)
        self.sim.stop()
        try:
            self.push()
        finally:
            self.sim.start(port)
        self.assertEqual(self.last_run().state, "postponed")
        self.assertEqual(self.level("MUG-1").state, "pending")
        self.push()
        self.assertEqual(self.shop.stock("MUG-1"), 3)

    def test_the_store_goes_down_between_two_batches(self):
        self.set_stock(self.mug, 3)
        self.set_stock(self.shirts[0], 2)
        self.sim.faults.add("server_error", path=ADJUSTMENTS, status=503, times=0)
        done = self.sim.faults.faults[0]
        with patch(f"{PUSH}.INVENTORY_BATCH", 1):
            adjust = self.shop.inventory.adjust

            def once(body):
                done.times = 99
                return adjust(body)

            with patch.object(self.shop.inventory, "adjust", once):
                self.push()
        self.assertEqual(len(self.sent_and_taken()), 1)
        self.assertEqual(self.last_run().done, 1)
        self.assertEqual(self.last_run().state, "postponed")
        self.sim.faults.clear()
        self.push()
        self.assertEqual(self.shop.stock("MUG-1"), 3)
        self.assertEqual(self.shop.stock("TSH-S"), 2)

    def test_a_quota_that_is_used_up(self):
        self.set_stock(self.mug, 3)
        self.sim.faults.add("rate_limited", path=ADJUSTMENTS, times=99, headers=False)
        self.push()
        self.assertEqual(self.last_run().state, "postponed")
        self.assertEqual(self.level("MUG-1").state, "pending")
        self.sim.faults.clear()
        self.push()
        self.assertEqual(self.shop.stock("MUG-1"), 3)

    def test_an_answer_that_got_lost_is_simply_sent_again(self):
        """An absolute quantity may be sent twice."""
        self.set_stock(self.mug, 3)
        self.sim.faults.add("drop_after", path=ADJUSTMENTS, times=99)
        self.push()
        self.assertEqual(self.level("MUG-1").state, "pending")
        self.sim.faults.clear()
        self.push()
        self.assertEqual(self.shop.stock("MUG-1"), 3)
        self.assertEqual(self.level("MUG-1").state, "synced")

    def test_the_time_of_a_scheduled_action_is_kept(self):
        """Each run sends what it can, and the next goes on; nothing is sent twice."""
        for product, units in zip(self.shirts + self.mug, (1, 2, 3), strict=True):
            self.set_stock(product, units)
        self.env.cr.flush()
        with patch(f"{PUSH}.INVENTORY_BATCH", 1):
            for _run in range(20):
                self.run_cron("cron_push_inventory", seconds=0)
                if self.last_run().state == "done":
                    break
        self.assertEqual(self.last_run().state, "done")
        self.assertEqual(sorted(self.sent()), [1, 2, 3])

    def sent_and_taken(self):
        calls = self.sim.calls_to("PUT", ADJUSTMENTS)
        return [call for call in calls if call.status == 200]


PUSH = "odoo.addons.connector_bigcommerce.models.inventory.push.push_inventory"
