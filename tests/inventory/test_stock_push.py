from odoo.tests import tagged

from ..common import BigCommerceCase

ADJUSTMENTS = r"/inventory/adjustments/absolute$"


class StockCase(BigCommerceCase):
    """Linked listings of a mug and two shirts whose stock has been sent."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        _remote_id, cls.mug = cls.add_product("Mug", "MUG-1", stock=10)
        cls.shirts = cls.add_shirts()

    @classmethod
    def add_shirts(cls):
        sizes = [
            {"sku": f"TSH-{size}", "options": {"Size": size}, "stock": 4}
            for size in "SM"
        ]
        cls.shop.add_product("T-shirt", variants=sizes)
        products = cls.env["product.product"].create(
            [
                {"name": "T-shirt", "default_code": row["sku"], "is_storable": True}
                for row in sizes
            ]
        )
        for product in products:
            cls.set_stock(product, 4)
        return products

    def setUp(self):
        super().setUp()
        self.run_action("action_link_products")
        self.push()
        self.sim.calls.clear()

    def push(self):
        self.env.cr.flush()
        self.run_cron("cron_push_inventory")

    def sent(self):
        """Return the quantities of all adjustments, in the order they were sent."""
        calls = self.sim.calls_to("PUT", ADJUSTMENTS)
        return [item["quantity"] for call in calls for item in call.body["items"]]

    def level(self, sku):
        return self.env["bigcommerce.stock.level"].search(
            [("variant_id.sku", "=", sku)]
        )


@tagged("post_install", "-at_install")
class TestStockPush(StockCase):
    def test_the_first_push_sends_all_that_is_linked(self):
        self.assertEqual(self.shop.stock("MUG-1"), 10)
        self.assertEqual(self.level("MUG-1").state, "synced")
        self.assertEqual(self.level("MUG-1").pushed_quantity, 10)

    def test_a_change_is_sent_and_nothing_else(self):
        self.set_stock(self.mug, 25)
        self.push()
        self.assertEqual(self.sent(), [25])
        self.assertEqual(self.shop.stock("MUG-1"), 25)

    def test_equal_numbers_send_nothing(self):
        self.set_stock(self.mug, 12)
        self.set_stock(self.mug, 10)
        self.push()
        self.assertFalse(self.sim.calls_to("PUT", ADJUSTMENTS))
        self.assertEqual(self.level("MUG-1").state, "synced")

    def test_many_changes_go_in_one_call(self):
        for product, quantity in zip(self.shirts + self.mug, (7, 8, 9), strict=True):
            self.set_stock(product, quantity)
        self.push()
        self.assertEqual(len(self.sim.calls_to("PUT", ADJUSTMENTS)), 1)
        self.assertEqual(self.shop.stock("TSH-S"), 7)
        self.assertEqual(self.shop.stock("TSH-M"), 8)

    def test_an_order_is_fetched_before_stock_is_pushed(self):
        """Units that the store has sold are not given back."""
        self.shop.buy([("MUG-1", 4)])
        self.set_stock(self.mug, 11)
        self.push()
        self.assertEqual(self.shop.stock("MUG-1"), 7)
        self.run_cron("cron_import_orders")
        self.push()
        self.assertEqual(self.shop.stock("MUG-1"), 7)

    def test_a_quotation_and_a_held_order_keep_their_units(self):
        for status_id in (7, 12, 1):
            self.shop.buy([("MUG-1", 1)], status_id=status_id)
        self.run_cron("cron_import_orders")
        self.set_stock(self.mug, 20)
        self.push()
        self.assertEqual(self.shop.stock("MUG-1"), 17)

    def test_a_cancelled_order_gives_its_units_back(self):
        order = self.import_order([("MUG-1", 3)], status_id=7)
        self.push()
        self.assertEqual(self.shop.stock("MUG-1"), 7)
        self.shop.set_status(order.remote_id, 5)
        self.run_cron("cron_import_orders")
        order.sale_order_ids.action_cancel()
        self.push()
        self.assertEqual(self.shop.stock("MUG-1"), 10)

    def test_what_comes_in_while_the_store_sells_is_sent_although_equal(self):
        """10 were sent, one is sold there, one comes in here: 10 must be sent again."""
        order_id = self.shop.buy([("MUG-1", 1)])
        self.run_cron("cron_import_orders")
        self.assertEqual(self.inbox(order_id).state, "imported")
        self.set_stock(self.mug, 11)
        self.push()
        self.assertEqual(self.shop.stock("MUG-1"), 10)
        self.assertEqual(self.sent(), [10])

    def test_the_stores_rules_apply_and_a_listings_own_come_first(self):
        self.backend.write({"max_percentage": 50, "end_quantity": 3, "max_quantity": 4})
        self.push()
        self.assertEqual(self.shop.stock("MUG-1"), 4)
        self.assertEqual(self.shop.stock("TSH-S"), 2)
        self.level("MUG-1").variant_id.write(
            {"override_rules": True, "max_percentage": 90, "max_quantity": 0}
        )
        self.push()
        self.assertEqual(self.shop.stock("MUG-1"), 9)

    def test_the_basis_on_hand_counts_what_is_reserved(self):
        self.import_order([("MUG-1", 2)])
        self.backend.quantity_basis = "on_hand"
        self.push()
        self.assertEqual(self.shop.stock("MUG-1"), 10)

    def test_an_untracked_product_is_skipped_and_says_why(self):
        _remote_id, service = self.add_product(
            "Sharpening", "SRV-1", stock=0, tracking="none"
        )
        self.run_action("action_link_products")
        self.set_stock(service, 5)
        self.push()
        level = self.level("SRV-1")
        self.assertEqual(level.state, "skipped")
        self.assertIn("does not track", level.error)
        self.assertFalse(self.sent())

    def test_one_bad_item_never_stops_the_good_ones(self):
        self.shop.catalog.variants.pop(self.level("TSH-S").variant_id.remote_id)
        for product in self.shirts + self.mug:
            self.set_stock(product, 15)
        self.push()
        self.assertEqual(self.shop.stock("MUG-1"), 15)
        self.assertEqual(self.shop.stock("TSH-M"), 15)
        bad = self.level("TSH-S")
        self.assertEqual(bad.state, "failed")
        self.assertIn("not found", bad.error)

    def test_an_outage_loses_nothing(self):
        self.set_stock(self.mug, 30)
        self.sim.faults.add("server_error", path=ADJUSTMENTS, status=503)
        self.push()
        self.assertEqual(self.level("MUG-1").state, "pending")
        self.push()
        self.assertEqual(self.shop.stock("MUG-1"), 30)

    def test_specific_locations_are_combined_and_others_left_alone(self):
        warehouse = self.env["stock.warehouse"].search([], limit=1)
        shelf, attic = self.env["stock.location"].create(
            [
                {"name": name, "usage": "internal", "location_id": parent.id}
                for name, parent in (
                    ("Shelf", warehouse.lot_stock_id),
                    ("Attic", warehouse.view_location_id),
                )
            ]
        )
        quants = self.env["stock.quant"]
        quants._update_available_quantity(self.mug, shelf, 3)
        quants._update_available_quantity(self.mug, attic, 40)
        self.backend.location_ids.location_ids = shelf
        self.push()
        self.assertEqual(self.shop.stock("MUG-1"), 3)

    def test_an_unmapped_location_of_the_store_is_never_touched(self):
        self.shop.catalog.add_location("Outlet")
        self.backend.action_fetch_settings()
        self.set_stock(self.mug, 50)
        self.push()
        places = {
            item["location_id"]
            for call in self.sim.calls_to("PUT", ADJUSTMENTS)
            for item in call.body["items"]
        }
        self.assertEqual(places, {1})

    def test_the_audit_repairs_what_drifted(self):
        variant = self.shop.catalog.variant_by_sku("MUG-1")
        self.shop.settle()
        self.shop.catalog.take(variant, 4)
        self.assertEqual(self.shop.stock("MUG-1"), 6)
        answer = self.run_action("action_audit_inventory")
        self.assertEqual(self.shop.stock("MUG-1"), 10)
        self.assertIn("1 quantities", answer["params"]["message"])

    def test_a_product_tracked_as_one_gets_the_sum_of_its_variants(self):
        self.shop.add_product(
            "Cap",
            tracking="product",
            variants=[
                {"sku": f"CAP-{c}", "options": {"Color": c}, "stock": 1} for c in "RB"
            ],
        )
        for sku in ("CAP-R", "CAP-B"):
            product = self.env["product.product"].create(
                {"name": sku, "default_code": sku, "is_storable": True}
            )
            self.set_stock(product, 6)
        self.run_action("action_link_products")
        self.push()
        self.assertEqual(self.sent(), [12])
