from datetime import datetime, timedelta
from decimal import Decimal
from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..models.bigcommerce_sync_run import BigcommerceSyncRun
from ..simulator.api.v2.orders import filters as order_filters
from .common import BigCommerceCase


@tagged("post_install", "-at_install")
class TestOrderImport(BigCommerceCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.add_product("T-shirt", "TSH-M", price="20.00", stock=10)
        cls.add_product("Mug", "MUG-1", price="9.99", stock=10)

    def charged(self, order):
        return Decimal(self.shop.order(order.remote_id)["total_inc_tax"])

    def assert_total(self, order):
        """The sale orders come to what the shopper was charged, to the cent."""
        total = sum(order.sale_order_ids.mapped("amount_total"))
        self.assertEqual(f"{total:.2f}", f"{self.charged(order):.2f}")

    def test_a_paid_order_becomes_a_confirmed_sale_order(self):
        order = self.import_order([("TSH-M", 2), ("MUG-1", 1)])
        sale = order.sale_order_ids
        self.assertEqual((order.state, sale.state), ("imported", "sale"))
        self.assert_total(order)
        lines = sale.order_line.filtered("bigcommerce_line_id")
        self.assertEqual(lines.mapped("product_uom_qty"), [2, 1])
        self.assertEqual(lines.product_id.mapped("default_code"), ["TSH-M", "MUG-1"])
        remote = [line["id"] for line in self.shop.order(order.remote_id)["products"]]
        self.assertEqual(lines.mapped("bigcommerce_line_id"), remote)
        self.assertEqual(sale.bigcommerce_backend_id, self.backend)
        self.assertEqual(sale.client_order_ref, str(order.remote_id))
        self.assertEqual(sale.picking_ids.mapped("state"), ["assigned"])

    def test_the_order_keeps_the_stores_date_after_confirmation(self):
        ordered = datetime(2026, 3, 2, 9, 15, 4)
        self.shop.now = lambda: ordered
        order = self.import_order([("MUG-1", 1)])
        self.assertEqual(order.sale_order_ids.date_order, ordered)
        self.assertEqual(order.sale_order_ids.state, "sale")

    def test_shipping_brings_its_mapped_carrier(self):
        carrier = self.env["delivery.carrier"].search([], limit=1)
        service = self.backend.shipping_mapping_ids.filtered(
            lambda mapping: mapping.name == "Flat Rate"
        )
        service.carrier_id = carrier
        order = self.import_order(
            [("MUG-1", 1)], shipping_method="Flat Rate", shipping_cost="7.50"
        )
        sale = order.sale_order_ids
        self.assertEqual(sale.carrier_id, carrier)
        self.assertEqual(sale.order_line.filtered("is_delivery").price_unit, 7.5)
        self.assertEqual(sale.picking_ids.carrier_id, carrier)

    def test_a_new_shipping_service_is_learned(self):
        self.import_order([("MUG-1", 1)], shipping_method="By balloon")
        self.assertIn("By balloon", self.backend.shipping_mapping_ids.mapped("name"))

    def test_a_coupon_is_a_line_of_its_own_with_its_code(self):
        order = self.import_order(
            [("TSH-M", 3), ("MUG-1", 1)], coupon=("SAVE10", Decimal(10))
        )
        discount = order.sale_order_ids.order_line.filtered(
            lambda line: line.price_subtotal < 0
        )
        self.assertIn("SAVE10", discount.name)
        self.assert_total(order)

    def test_a_gift_certificate_is_a_tender_and_no_discount(self):
        order = self.import_order([("TSH-M", 1)], gift_certificate="5")
        tenders = {tender.kind: tender.amount for tender in order.tender_ids}
        self.assertEqual(tenders["gift_certificate"], 5)
        self.assertAlmostEqual(sum(tenders.values()), float(self.charged(order)))
        self.assert_total(order)

    def test_the_mapped_tax_is_the_stores_to_the_cent(self):
        self.import_order([("MUG-1", 1)])
        self.backend.tax_mapping_ids.action_create_tax()
        order = self.import_order([("MUG-1", 7), ("TSH-M", 1)])
        sale = order.sale_order_ids
        self.assertEqual(sale.order_line.tax_ids, self.backend.tax_mapping_ids.tax_id)
        self.assert_total(order)
        tax = Decimal(self.shop.order(order.remote_id)["total_tax"])
        self.assertEqual(f"{sale.amount_tax:.2f}", f"{tax:.2f}")

    def test_an_unmapped_tax_is_a_line_of_its_own(self):
        order = self.import_order([("TSH-M", 1)])
        sale = order.sale_order_ids
        self.assertEqual(sale.amount_tax, 0)
        self.assertIn("Tax 20 %", sale.order_line.mapped("name"))
        self.assert_total(order)

    def test_tax_inclusive_prices_come_over_with_tax(self):
        self.shop.tax_inclusive = True
        self.backend.action_test_connection()
        self.import_order([("MUG-1", 1)])
        self.backend.tax_mapping_ids.action_create_tax()
        order = self.import_order([("MUG-1", 3)], coupon=("SAVE5", Decimal(5)))
        line = order.sale_order_ids.order_line.filtered("bigcommerce_line_id")
        self.assertTrue(line.tax_ids.price_include)
        self.assertAlmostEqual(line.price_unit, 9.99)
        self.assert_total(order)

    def test_imported_prices_survive_a_change_of_quantity(self):
        order = self.import_order([("TSH-M", 2)])
        line = order.sale_order_ids.order_line.filtered("bigcommerce_line_id")
        line.product_uom_qty = 1
        self.assertEqual(line.price_unit, 20)
        order.sale_order_ids.action_update_prices()
        self.assertEqual(line.price_unit, 20)

    def test_the_same_order_is_imported_once(self):
        order = self.import_order([("MUG-1", 1)])
        written = order.write_date
        for _again in range(2):
            self.run_cron("cron_import_orders")
        self.assertEqual(len(order.sale_order_ids), 1)
        self.assertEqual(order.write_date, written)

    def test_many_orders_take_one_list_call_and_none_each(self):
        self.add_product("Pin", "PIN", stock=200)
        ids = [self.shop.buy([("PIN", 1)]) for _order in range(120)]
        self.run_cron("cron_import_orders")
        # each further run of a slow machine looks for news once
        self.assertLessEqual(len(self.sim.calls), 2 + 3, "ceil(120 / 100) + 3")
        states = {self.inbox(remote_id).state for remote_id in ids}
        self.assertEqual(states, {"imported"})

    def test_a_filter_that_the_store_ignores_is_noticed(self):
        self.import_order([("MUG-1", 1)])
        self.backend.last_order_sync = datetime(2099, 1, 1)
        with patch.object(order_filters, "_date_tests", lambda args: []):
            self.run_cron("cron_import_orders")
        self.assertIn("ignored the date filter", self.backend.sync_run_ids[0].message)

    def test_an_order_of_more_lines_than_the_list_shows_comes_whole(self):
        skus = [f"PIN-{number}" for number in range(60)]
        for sku in skus:
            self.add_product(sku, sku, stock=1)
        order = self.import_order([(sku, 1) for sku in skus])
        lines = order.sale_order_ids.order_line.filtered("bigcommerce_line_id")
        self.assertEqual(len(lines), 60)
        self.assert_total(order)

    def test_a_fetch_that_breaks_off_goes_on_where_it_was(self):
        self.add_product("Pin", "PIN", stock=200)
        ids = [self.shop.buy([("PIN", 1)]) for _order in range(120)]
        path = r"/v2/orders$"
        with patch.object(BigcommerceSyncRun, "_commit", lambda *args, **kw: False):
            client, run = self.backend._client(), self.env["bigcommerce.sync.run"]
            self.assertFalse(self.backend._fetch_orders(client, run))
        self.assertEqual(self.backend.order_fetch_last_id, ids[99])
        self.assertFalse(self.backend.last_order_sync)
        self.run_cron("cron_import_orders")
        starts = [page.query["min_id"] for page in self.sim.calls_to("GET", path)]
        self.assertEqual(starts[:2], ["1", str(ids[99] + 1)])
        self.assertEqual(self.inbox(ids[-1]).state, "imported")

    def test_the_watermark_never_passes_the_start_of_the_run(self):
        before = datetime.now().replace(microsecond=0)
        self.import_order([("MUG-1", 1)])
        self.assertGreaterEqual(
            self.backend.last_order_sync, before - timedelta(seconds=1)
        )
        self.assertLessEqual(self.backend.last_order_sync, datetime.now())

    def test_a_failure_leaves_the_watermark_alone(self):
        self.import_order([("MUG-1", 1)])
        mark = self.backend.last_order_sync
        self.sim.faults.add("server_error", path=r"/v2/orders$", times=99, status=503)
        self.run_cron("cron_import_orders")
        self.assertEqual(self.backend.last_order_sync, mark)


@tagged("post_install", "-at_install")
class TestOrderStatus(BigCommerceCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.add_product("Mug", "MUG-1", stock=100)

    def test_statuses_decide_what_becomes_of_an_order(self):
        for status_id, state, sale_state in (
            (11, "imported", ["sale"]),
            (9, "imported", ["sale"]),
            (7, "imported", ["draft"]),
            (12, "held", []),
            (0, "ignored", []),
            (2, "ignored", []),
            (5, "ignored", []),
        ):
            with self.subTest(status=status_id):
                order = self.import_order([("MUG-1", 1)], status_id=status_id)
                self.assertEqual(order.state, state)
                self.assertEqual(order.sale_order_ids.mapped("state"), sale_state)

    def test_a_status_that_nobody_mapped_holds_the_order(self):
        self.backend.status_mapping_ids.filtered(lambda s: s.status_id == 11).unlink()
        order = self.import_order([("MUG-1", 1)])
        self.assertEqual(order.state, "held")
        self.assertIn("not mapped", order.error)

    def test_an_ignored_order_comes_in_when_its_status_changes(self):
        order = self.import_order([("MUG-1", 1)], status_id=1)
        self.assertEqual(order.state, "ignored")
        self.shop.set_status(order.remote_id, 11)
        self.run_cron("cron_import_orders")
        self.assertEqual(order.state, "imported")
        self.assertEqual(order.sale_order_ids.state, "sale")

    def test_a_quotation_is_confirmed_when_it_is_paid(self):
        order = self.import_order([("MUG-1", 1)], status_id=7)
        self.assertTrue(order.holds_stock)
        self.shop.set_status(order.remote_id, 11)
        self.run_cron("cron_import_orders")
        self.assertEqual(order.sale_order_ids.state, "sale")
        self.assertFalse(order.holds_stock)

    def test_a_cancelled_order_cancels_its_sale_order_where_so_mapped(self):
        cancelled = self.backend.status_mapping_ids.filtered(
            lambda status: status.status_id == 5
        )
        cancelled.update_action = "cancel"
        order = self.import_order([("MUG-1", 1)])
        self.shop.set_status(order.remote_id, 5)
        self.run_cron("cron_import_orders")
        self.assertEqual(order.sale_order_ids.state, "cancel")


@tagged("post_install", "-at_install")
class TestStatusInTheStore(BigCommerceCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.add_product("Mug", "MUG-1", stock=100)

    def map_event(self, event, status_id):
        self.backend.status_mapping_ids.filtered(
            lambda status: status.status_id == status_id
        ).export_event = event

    def writes(self):
        return [call.body for call in self.sim.calls_to("PUT", r"/v2/orders/\d+$")]

    def test_a_cancelled_sale_order_cancels_the_order_where_so_mapped(self):
        self.map_event("cancelled", 5)
        order = self.import_order([("MUG-1", 1)])
        order.sale_order_ids._action_cancel()
        self.run_cron("cron_import_orders")
        self.assertEqual(self.writes(), [{"status_id": 5}])
        self.assertEqual(self.shop.order(order.remote_id)["status_id"], 5)
        self.run_cron("cron_import_orders")
        self.assertEqual(len(self.writes()), 1)

    def test_a_confirmed_order_gets_the_mapped_status(self):
        self.map_event("confirmed", 9)
        order = self.import_order([("MUG-1", 1)])
        self.assertEqual(self.writes(), [{"status_id": 9}])
        self.assertEqual(self.shop.order(order.remote_id)["status_id"], 9)

    def test_without_a_mapping_the_store_is_left_alone(self):
        order = self.import_order([("MUG-1", 1)])
        order.sale_order_ids._action_cancel()
        self.run_cron("cron_import_orders")
        self.assertFalse(self.writes())

    def test_what_the_store_cancelled_is_not_told_back(self):
        self.map_event("cancelled", 5)
        cancelled = self.backend._status_set_by("cancelled")
        cancelled.update_action = "cancel"
        order = self.import_order([("MUG-1", 1)])
        self.shop.set_status(order.remote_id, 5)
        self.run_cron("cron_import_orders")
        self.assertEqual(order.sale_order_ids.state, "cancel")
        self.assertFalse(self.writes())

    def test_after_delivery_nothing_is_undone_and_one_activity_tells(self):
        self.backend.status_mapping_ids.filtered(
            lambda status: status.status_id == 5
        ).update_action = "cancel"
        order = self.import_order([("MUG-1", 1)])
        picking = order.sale_order_ids.picking_ids
        picking.move_ids.picked = True
        picking.button_validate()
        for notes in ("first", "second"):
            self.shop.set_status(order.remote_id, 5)
            self.shop.edit_order(order.remote_id, staff_notes=notes)
            self.run_cron("cron_import_orders")
        self.assertEqual(order.sale_order_ids.state, "sale")
        self.assertEqual(len(order.sale_order_ids.activity_ids), 1)


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
        payments._learn(self.backend, ["Credit Card"])
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
