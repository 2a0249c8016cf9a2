from odoo.tests import tagged

from ...simulator.problems import Problem
from ..common import BigCommerceCase
from .test_stock_push import StockCase

PRODUCTS = r"/catalog/products$"


@tagged("post_install", "-at_install")
class TestVisibility(BigCommerceCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.remote_id, cls.mug = cls.add_product("Mug", "MUG-1", stock=10)
        cls.hidden_id, cls.old = cls.add_product(
            "Old Mug", "MUG-0", stock=10, visible=False
        )

    def setUp(self):
        super().setUp()
        self.backend.visibility_policy = "all"
        self.run_action("action_link_products")
        self.push()
        self.sim.calls.clear()

    def push(self):
        self.env.cr.flush()
        self.run_cron("cron_push_inventory")

    def listing(self, remote_id):
        return self.backend.product_ids.filtered(
            lambda product: product.remote_id == remote_id
        )

    def is_shown(self, remote_id):
        return self.shop.product(remote_id)["is_visible"]

    def changes(self):
        return self.sim.calls_to("PUT", PRODUCTS)

    def test_a_sold_out_product_is_hidden_and_comes_back(self):
        self.set_stock(self.mug, 0)
        self.push()
        self.assertFalse(self.is_shown(self.remote_id))
        self.assertFalse(self.listing(self.remote_id).is_visible)
        self.set_stock(self.mug, 3)
        self.push()
        self.assertTrue(self.is_shown(self.remote_id))
        self.assertEqual(len(self.changes()), 2)

    def test_what_was_hidden_without_an_answer_comes_back_all_the_same(self):
        """It was not hidden by a person, although the store shows it hidden."""
        self.set_stock(self.mug, 0)
        self.sim.faults.add("drop_after", "PUT", PRODUCTS, times=99)
        self.push()
        self.assertFalse(self.is_shown(self.remote_id))
        self.sim.faults.clear()
        self.push()
        self.assertTrue(self.listing(self.remote_id).hidden_by_odoo)
        self.set_stock(self.mug, 3)
        self.push()
        self.assertTrue(self.is_shown(self.remote_id))

    def test_what_a_person_hid_before_a_refusal_stays_hidden(self):
        self.set_stock(self.mug, 0)
        self.sim.faults.add("server_error", "PUT", PRODUCTS, times=99, status=422)
        self.push()
        self.sim.faults.clear()
        self.assertFalse(self.listing(self.remote_id).hidden_by_odoo)
        self.shop.catalog.product(self.remote_id)["is_visible"] = False
        self.run_cron("cron_audit_inventory")
        self.set_stock(self.mug, 3)
        self.push()
        self.assertFalse(self.is_shown(self.remote_id))

    def test_a_listing_that_the_store_did_not_save_says_so(self):
        """An answer of 207 is no success: the store still shows the product."""
        self.shop.catalog.unsaved = ("is_visible",)
        self.set_stock(self.mug, 0)
        self.push()
        product = self.listing(self.remote_id)
        self.assertTrue(product.is_visible)
        self.assertFalse(product.hidden_by_odoo)
        self.assertIn("was not saved", product.visibility_error)
        self.shop.catalog.unsaved = ()
        self.run_cron("cron_audit_inventory")
        self.assertFalse(self.is_shown(self.remote_id))
        self.assertFalse(product.visibility_error)

    def test_what_a_person_hid_stays_hidden(self):
        self.set_stock(self.old, 0)
        self.push()
        self.set_stock(self.old, 5)
        self.push()
        self.assertFalse(self.is_shown(self.hidden_id))
        self.assertFalse(self.changes())

    def test_what_a_person_hid_meanwhile_stays_hidden(self):
        self.shop.catalog.products[self.remote_id]["is_visible"] = False
        self.set_stock(self.mug, 0)
        self.push()
        self.set_stock(self.mug, 5)
        self.push()
        self.assertFalse(self.is_shown(self.remote_id))

    def test_a_product_with_one_variant_left_stays_shown(self):
        sizes = [
            {"sku": f"TSH-{size}", "options": {"Size": size}, "stock": 1}
            for size in "SM"
        ]
        shirt_id = self.shop.add_product("T-shirt", variants=sizes)
        shirts = self.env["product.product"].create(
            [
                {"name": "T-shirt", "default_code": row["sku"], "is_storable": True}
                for row in sizes
            ]
        )
        self.set_stock(shirts[0], 1)
        self.run_action("action_link_products")
        self.push()
        self.assertTrue(self.is_shown(shirt_id))
        self.set_stock(shirts[0], 0)
        self.push()
        self.assertFalse(self.is_shown(shirt_id))

    def test_only_specified_listings_are_hidden_where_so_wished(self):
        self.backend.visibility_policy = "specified"
        self.set_stock(self.mug, 0)
        self.push()
        self.assertTrue(self.is_shown(self.remote_id))
        self.listing(self.remote_id).hide_when_out_of_stock = True
        self.push()
        self.assertFalse(self.is_shown(self.remote_id))

    def test_a_disabled_listing_is_hidden_for_good(self):
        listing = self.listing(self.remote_id)
        listing.is_enabled = False
        self.push()
        self.assertFalse(self.is_shown(self.remote_id))
        self.set_stock(self.mug, 99)
        self.push()
        self.assertFalse(self.is_shown(self.remote_id))
        listing.is_enabled = True
        self.push()
        self.assertTrue(self.is_shown(self.remote_id))

    def test_without_a_policy_nothing_is_hidden(self):
        self.backend.visibility_policy = "none"
        self.set_stock(self.mug, 0)
        self.push()
        self.assertTrue(self.is_shown(self.remote_id))

    def test_twenty_five_products_take_three_calls(self):
        products = [
            self.add_product(f"Pin {number}", f"PIN-{number}", stock=1)[1]
            for number in range(25)
        ]
        self.run_action("action_link_products")
        self.push()
        for product in products:
            self.set_stock(product, 0)
        self.sim.calls.clear()
        self.push()
        self.assertEqual(len(self.changes()), 3)
        hidden = self.backend.product_ids.filtered("hidden_by_odoo")
        self.assertEqual(len(hidden), 25)


@tagged("post_install", "-at_install")
class TestStockRefusals(StockCase):
    """One listing that the store refuses to change stops no other."""

    def test_a_refused_listing_says_so_and_the_others_are_hidden(self):
        self.backend.visibility_policy = "all"
        products = self.shirts + self.mug
        for number in range(3):
            products += self.add_product(f"P{number}", f"P{number}", stock=1)[1]
        self.run_action("action_link_products")
        bad = self.level("P1").variant_id.bigcommerce_product_id
        self.push()
        check = self.shop.catalog.update_products

        def refusing(rows):
            if bad.remote_id in [row["id"] for row in rows]:
                raise Problem(422, "The product is locked.")
            return check(rows)

        self.shop.catalog.update_products = refusing
        self.addCleanup(delattr, self.shop.catalog, "update_products")
        for product in products:
            self.set_stock(product, 0)
        self.push()
        self.assertIn("locked", bad.visibility_error)
        shown = self.env["bigcommerce.product"].search([("is_visible", "=", True)])
        self.assertEqual(shown, bad)
        self.sim.calls.clear()
        self.push()
        self.assertFalse(self.sim.calls_to("PUT", r"/catalog/products$"))

    def test_sold_out_variants_cannot_be_bought_where_so_wished(self):
        self.backend.disable_purchasing = True
        self.set_stock(self.shirts[0], 0)
        self.push()
        variant = self.shop.catalog.variant_by_sku("TSH-S")
        self.assertTrue(variant["purchasing_disabled"])
        self.assertFalse(
            self.shop.catalog.variant_by_sku("TSH-M")["purchasing_disabled"]
        )
        self.set_stock(self.shirts[0], 3)
        self.push()
        self.assertFalse(variant["purchasing_disabled"])

    def test_by_default_nothing_is_disabled(self):
        self.set_stock(self.shirts[0], 0)
        self.push()
        self.assertFalse(self.sim.calls_to("PUT", r"/catalog/variants$"))

    def test_a_variant_that_a_person_switched_off_is_not_switched_on(self):
        variant = self.shop.catalog.variant_by_sku("TSH-S")
        variant["purchasing_disabled"] = True
        self.backend.disable_purchasing = True
        for units in (0, 3):
            self.set_stock(self.shirts[0], units)
            self.push()
        self.assertTrue(variant["purchasing_disabled"])
        self.assertFalse(self.sim.calls_to("PUT", r"/catalog/variants$"))

    def test_one_that_a_person_switched_off_is_read_once(self):
        self.shop.catalog.variant_by_sku("TSH-S")["purchasing_disabled"] = True
        self.backend.disable_purchasing = True
        self.set_stock(self.shirts[0], 0)
        self.push()
        self.sim.calls.clear()
        self.set_stock(self.mug, 9)
        self.push()
        self.assertFalse(self.sim.calls_to("GET", r"/catalog/"))

    def test_a_refused_switch_is_tried_again_by_the_audit(self):
        self.backend.disable_purchasing = True
        update = self.shop.catalog.update_variants

        def refusing(rows):
            raise Problem(422, "The variant is locked.")

        self.shop.catalog.update_variants = refusing
        self.set_stock(self.shirts[0], 0)
        self.push()
        variant = self.level("TSH-S").variant_id
        self.assertIn("locked", variant.purchasing_error)
        del self.shop.catalog.update_variants
        self.assertEqual(self.shop.catalog.update_variants, update)
        self.push()
        self.assertFalse(variant.disabled_by_odoo, "not at every push")
        self.run_cron("cron_audit_inventory")
        self.assertTrue(variant.disabled_by_odoo)
        self.assertFalse(variant.purchasing_error)

    def test_listings_that_are_not_specified_are_not_even_looked_at(self):
        self.backend.visibility_policy = "specified"
        self.set_stock(self.mug, 0)
        self.push()
        before = self.listing("MUG-1").write_date
        self.set_stock(self.shirts[0], 1)
        self.push()
        self.assertEqual(self.listing("MUG-1").write_date, before)
        self.assertFalse(self.sim.calls_to("GET", r"/catalog/products$"))

    def listing(self, sku):
        return self.level(sku).variant_id.bigcommerce_product_id
