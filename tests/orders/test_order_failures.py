from datetime import datetime
from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import tagged

from ...models.orders import bigcommerce_order
from ..common import BigCommerceCase


@tagged("post_install", "-at_install")
class TestOneFailsAlone(BigCommerceCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.add_product("Mug", "MUG-1", stock=100)
        cls.shop.add_product(name="Secret", sku="NOT-IN-ODOO", stock=10)

    def test_one_bad_order_never_stops_the_others(self):
        first = self.shop.buy([("MUG-1", 1)])
        bad = self.shop.buy([("NOT-IN-ODOO", 1)])
        last = self.shop.buy([("MUG-1", 2)])
        self.run_cron("cron_import_orders")
        self.assertEqual(self.inbox(first).state, "imported")
        self.assertEqual(self.inbox(last).state, "imported")
        self.assertEqual(self.inbox(bad).state, "held")
        self.assertIn("NOT-IN-ODOO", self.inbox(bad).error)

    def test_a_failed_order_is_tried_again_when_its_time_has_come(self):
        order = self.import_order([("MUG-1", 1)], status_id=12)
        order.write({"state": "pending", "status_id": 11})
        order._fail("broken")
        self.run_cron("cron_import_orders")
        self.assertEqual(order.state, "failed", "not yet")
        order.next_attempt = datetime(2026, 1, 1)
        self.run_cron("cron_import_orders")
        self.assertEqual((order.state, order.error), ("imported", False))

    def test_an_order_is_read_once_more_when_asked_to(self):
        order = self.import_order([("NOT-IN-ODOO", 1)])
        self.assertEqual(order.state, "held")
        self.shop.edit_order(order.remote_id, staff_notes="Use the mug instead")
        self.env["product.product"].create(
            {"name": "Secret", "default_code": "NOT-IN-ODOO"}
        )
        self.run_action("action_refetch", order)
        self.assertEqual(order.state, "imported")
        self.assertEqual(order.staff_notes, "Use the mug instead")

    def test_a_store_that_is_away_is_told_in_words(self):
        order = self.import_order([("NOT-IN-ODOO", 1)])
        self.sim.faults.add("server_error", path=r"/v2/orders/", times=99, status=503)
        with self.assertRaisesRegex(UserError, "503"):
            order.action_refetch()

    def test_an_order_that_the_store_has_no_more_stops_no_other(self):
        orders = self.import_order([("NOT-IN-ODOO", 1)])
        orders |= self.import_order([("NOT-IN-ODOO", 1)])
        del self.shop.book.orders[orders[0].remote_id]
        self.env["product.product"].create({"name": "X", "default_code": "NOT-IN-ODOO"})
        self.run_action("action_refetch", orders)
        self.assertEqual(orders[1].state, "imported")

    def test_many_orders_are_tried_again_by_the_scheduled_action(self):
        order = self.import_order([("NOT-IN-ODOO", 1)])
        self.env.cr.flush()
        with (
            patch.object(bigcommerce_order, "AT_ONCE", 0),
            self.capture_triggers("connector_bigcommerce.cron_import_orders") as found,
        ):
            answer = order.action_retry()
        self.assertEqual(len(found.records), 1)
        self.assertIn("1 orders", answer["params"]["message"])
        self.assertEqual(order.state, "pending")

    def test_an_order_that_cannot_be_read_is_held_and_loses_nothing(self):
        order = self.import_order([("MUG-1", 1)])
        payload = {**order.payload, "total_inc_tax": "a lot", "id": 9_999_999}
        self.env["bigcommerce.order"]._receive(self.backend, [payload])
        bad = self.inbox(9_999_999)
        self.assertEqual(bad.state, "held")
        self.assertIn("total_inc_tax", bad.error)
        self.run_action("action_retry", bad)
        self.assertEqual(bad.state, "held")
        self.assertEqual(bad.payload, payload)

    def test_a_held_order_is_retried_without_the_store(self):
        order = self.import_order([("NOT-IN-ODOO", 1)])
        self.env["product.product"].create(
            {"name": "Secret", "default_code": "NOT-IN-ODOO", "is_storable": True}
        )
        calls = len(self.sim.calls)
        self.run_action("action_retry", order)
        self.assertEqual(order.state, "imported")
        self.assertEqual(len(self.sim.calls), calls)

    def test_a_failed_order_waits_longer_each_time_and_is_held_at_last(self):
        order = self.import_order([("NOT-IN-ODOO", 1)])
        order.write({"state": "pending", "attempts": 0})
        waits = []
        for _attempt in range(8):
            order._fail("broken")
            if order.next_attempt:
                waits.append(order.next_attempt)
        self.assertEqual(waits, sorted(waits))
        self.assertEqual(order.state, "held")

    def test_lines_that_cannot_be_read_stop_their_order_only(self):
        bad = self.shop.buy([("MUG-1", 1)] * 51)
        good = self.shop.buy([("MUG-1", 1)])
        fault = {"method": "GET", "path": rf"/orders/{bad}/products", "times": 99}
        self.sim.faults.add("server_error", status=500, **fault)
        self.run_cron("cron_import_orders")
        order = self.inbox(bad)
        self.assertEqual(self.inbox(good).state, "imported")
        self.assertEqual((order.state, order.attempts), ("failed", 1))
        self.assertIn("lines of this order", order.error)
        order.next_attempt = datetime(2026, 1, 1)
        self.run_cron("cron_import_orders")
        self.assertEqual(order.attempts, 2)
        self.sim.faults.clear()
        order.next_attempt = datetime(2026, 1, 1)
        self.run_cron("cron_import_orders")
        self.assertEqual((order.state, order.error), ("imported", False))
        lines = order.sale_order_ids.order_line.filtered("bigcommerce_line_id")
        self.assertEqual(len(lines), 51)

    def test_what_accounting_lacks_does_not_keep_the_parcel(self):
        payments = self.env["bigcommerce.payment.mapping"]
        payments._create_missing(self.backend, ["Credit Card"])
        self.backend.payment_mapping_ids.invoicing = "posted"
        self.env["product.product"].search(
            [("default_code", "=", "MUG-1")]
        ).invoice_policy = "order"
        moves = type(self.env["account.move"])
        with patch.object(moves, "action_post", side_effect=UserError("Locked")):
            order = self.import_order([("MUG-1", 1)])
        self.assertEqual((order.state, order.error), ("imported", "Locked"))
        self.assertEqual(order.sale_order_ids.picking_ids.state, "assigned")
        self.assertFalse(order.sale_order_ids.invoice_ids)
        order.action_retry()
        self.assertFalse(order.error)
        self.assertEqual(order.sale_order_ids.invoice_ids.state, "posted")
