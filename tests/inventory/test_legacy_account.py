from odoo.exceptions import UserError
from odoo.tests import tagged

from ..common import BigCommerceCase


@tagged("post_install", "-at_install")
class TestLegacyAccount(BigCommerceCase):
    """Quantities and visibility over the deprecated V2 products (fact F102)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.mug_id = cls.shop.add_product("Mug", sku="MUG-1", stock=1)
        cls.shirt_id = cls.shop.add_product(
            "Shirt",
            variants=[
                {"sku": "TSH-S", "options": {"Size": "S"}, "stock": 0},
                {"sku": "TSH-M", "options": {"Size": "M"}, "stock": 0},
            ],
        )
        cls.shop.add_product("Advice", sku="ADVICE", tracking="none")
        cls.mug, cls.small, cls.medium, cls.advice = (
            cls.env["product.product"].create(
                {"name": sku, "default_code": sku, "is_storable": sku != "ADVICE"}
            )
            for sku in ("MUG-1", "TSH-S", "TSH-M", "ADVICE")
        )
        cls.backend.write(
            {
                "auth_method": "legacy",
                "api_path": cls.sim.legacy_path,
                "username": cls.sim.username,
                "access_token": cls.sim.token,
            }
        )
        cls.backend.action_test_connection()
        cls.backend.action_fetch_settings()

    def setUp(self):
        super().setUp()
        self.run_action("action_link_products")
        self.sim.calls.clear()

    def push(self):
        self.env.cr.flush()
        self.run_cron("cron_push_inventory")

    def variant(self, sku):
        return self.backend.product_ids.variant_ids.filtered(lambda v: v.sku == sku)

    def show(self, sku, quantity):
        """Set a quantity in the store's control panel."""
        variant = self.shop.catalog.variant_by_sku(sku)
        self.shop.catalog.set_quantities([((1, variant["id"]), quantity)])

    def puts(self):
        return [call.path for call in self.sim.calls_to("PUT", "/v2/products")]

    def test_another_user_name_is_refused(self):
        self.backend.username = "somebody"
        with self.assertRaises(UserError):
            self.backend.action_test_connection()

    def test_listings_are_linked_by_sku(self):
        self.assertEqual(self.variant("MUG-1").product_id, self.mug)
        self.assertEqual(self.variant("TSH-M").product_id, self.medium)
        tracking = self.backend.product_ids.mapped("inventory_tracking")
        self.assertEqual(sorted(tracking), ["none", "product", "variant"])
        self.run_action("action_link_products")
        self.assertEqual(len(self.backend.product_ids.variant_ids), 4)

    def test_quantities_go_to_the_product_or_to_the_sku(self):
        self.set_stock(self.mug, 7)
        self.set_stock(self.medium, 3)
        self.push()
        self.assertEqual(self.shop.stock("MUG-1"), 7)
        self.assertEqual(self.shop.stock("TSH-M"), 3)
        self.assertEqual(self.shop.stock("TSH-S"), 0)
        self.assertIn(f"/v2/products/{self.mug_id}", self.puts())
        self.assertFalse(self.sim.calls_to("GET", "/v3/"))
        self.sim.calls.clear()
        self.push()
        self.assertFalse(self.puts())

    def test_one_that_is_refused_stops_no_other(self):
        self.set_stock(self.mug, 7)
        self.set_stock(self.small, 2)
        path = rf"/v2/products/{self.mug_id}$"
        self.sim.faults.add("server_error", "PUT", path, times=9, status=422)
        self.push()
        self.assertEqual(self.shop.stock("TSH-S"), 2)
        level = self.variant("MUG-1").level_ids
        self.assertEqual(level.state, "failed")
        self.assertIn("422", level.error)
        self.sim.faults.clear()
        level.action_retry()
        self.push()
        self.assertEqual(self.shop.stock("MUG-1"), 7)

    def test_a_sold_out_listing_is_hidden_and_comes_back(self):
        self.backend.visibility_policy = "all"
        self.set_stock(self.small, 1)
        self.push()
        products = self.shop.catalog.products
        self.assertFalse(products[self.mug_id]["is_visible"])
        self.assertTrue(products[self.shirt_id]["is_visible"])
        self.set_stock(self.mug, 1)
        self.push()
        self.assertTrue(products[self.mug_id]["is_visible"])

    def test_an_audit_finds_what_somebody_changed_in_the_store(self):
        self.set_stock(self.mug, 7)
        self.set_stock(self.medium, 3)
        self.push()
        self.show("MUG-1", 9)
        self.show("TSH-M", 9)
        self.run_cron("cron_audit_inventory")
        self.assertEqual(self.shop.stock("MUG-1"), 7)
        self.assertEqual(self.shop.stock("TSH-M"), 3)

    def test_an_order_line_is_its_listing_whatever_variant_it_names(self):
        """V2 tells no ids of variants, and its own of SKUs mean other things."""
        other = self.env["product.product"].create({"name": "Large mug"})
        self.variant("TSH-M").product_id = other
        self.show("TSH-M", 5)
        order = self.import_order([("TSH-M", 1)])
        self.assertEqual(order.state, "imported", order.error)
        goods = order.sale_order_ids.order_line.filtered("bigcommerce_line_id")
        self.assertEqual(goods.product_id, other)

    def test_products_with_variants_are_created_by_hand(self):
        self.shop.add_product("Cup", sku="CUP-1", stock=1)
        self.shop.add_product(
            "Sock", variants=[{"sku": "SOCK-1", "options": {"Size": "L"}}]
        )
        self.run_action("action_link_products")
        listings = (self.variant("CUP-1") + self.variant("SOCK-1")).mapped(
            "bigcommerce_product_id"
        )
        self.run_action("action_create_products", listings)
        self.assertEqual(self.variant("CUP-1").product_id.default_code, "CUP-1")
        self.assertFalse(self.variant("SOCK-1").product_id)
        self.assertIn(
            "by hand", self.variant("SOCK-1").bigcommerce_product_id.create_error
        )

    def test_more_quantities_than_one_batch(self):
        products = self.env["product.product"]
        for number in range(25):
            sku = f"PIN-{number}"
            self.shop.add_product(f"Pin {number}", sku=sku)
            products += products.create(
                {"name": sku, "default_code": sku, "is_storable": True}
            )
        self.run_action("action_link_products")
        for product in products:
            self.set_stock(product, 2)
        self.sim.calls.clear()
        self.push()
        self.assertEqual({self.shop.stock(f"PIN-{n}") for n in range(25)}, {2})
        self.assertEqual(len(self.puts()), len(set(self.puts())))
