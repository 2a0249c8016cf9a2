from contextlib import suppress
from datetime import datetime, timedelta
from decimal import Decimal
from unittest.mock import patch

from odoo.tests import tagged

from ...models.orders.import_orders import ImportOrders
from ...models.sync.bigcommerce_sync_run import BigcommerceSyncRun
from ...models.sync.direction import OutOfTime
from ...simulator.api.v2.orders import filters as order_filters
from ..common import BigCommerceCase


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
        order = self.import_order([("MUG-1", 7), ("TSH-M", 1)])
        sale = order.sale_order_ids
        self.assertEqual(sale.order_line.tax_ids, self.backend.tax_mapping_ids.tax_id)
        self.assert_total(order)
        tax = Decimal(self.shop.order(order.remote_id)["total_tax"])
        self.assertEqual(f"{sale.amount_tax:.2f}", f"{tax:.2f}")

    def test_tax_inclusive_prices_come_over_with_tax(self):
        self.shop.tax_inclusive = True
        self.backend.action_test_connection()
        self.backend.tax_mapping_ids.tax_id = False
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
        client, run = self.backend._client(), self.env["bigcommerce.sync.run"]
        with patch.object(BigcommerceSyncRun, "_commit", lambda *args, **kw: 0.0):
            with suppress(OutOfTime):
                ImportOrders(self.backend, client, run).fetch()
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
