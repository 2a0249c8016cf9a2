from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from ..common import BigCommerceCase


@tagged("post_install", "-at_install")
class TestProductMissing(BigCommerceCase):
    """Listings that the store's catalog does not have any more, or seems not to."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for number in range(20):
            cls.shop.add_product(f"Pin {number}", sku=f"PIN-{number}", stock=5)
        cls.pin = cls.env["product.product"].create(
            {"name": "Pin 0", "default_code": "PIN-0", "is_storable": True}
        )
        cls.set_stock(cls.pin, 7)

    def setUp(self):
        super().setUp()
        self.link()

    def link(self):
        self.run_cron("cron_link_products")
        return self.backend.sync_run_ids.filtered(
            lambda run: run.kind == "link_products"
        )[:1]

    def listing(self, sku):
        variants = self.env["bigcommerce.variant"].with_context(active_test=False)
        return variants.search([("sku", "=", sku)])

    def take_out(self, *skus):
        """Delete products in the store; return what puts them back."""
        catalog = self.shop.catalog
        variants = [catalog.variant_by_sku(sku) for sku in skus]
        products = [catalog.products.pop(v["product_id"]) for v in variants]
        for variant in variants:
            del catalog.variants[variant["id"]]

        def put_back():
            catalog.products.update({row["id"]: row for row in products})
            catalog.variants.update({row["id"]: row for row in variants})

        return put_back

    def assert_nothing_archived(self):
        self.assertEqual(len(self.backend.product_ids), 20)
        self.assertEqual(len(self.backend.product_ids.variant_ids), 20)

    # what is gone, and comes back

    def test_what_is_gone_is_archived_with_all_that_a_person_set(self):
        listing = self.listing("PIN-0")
        listing.write({"override_rules": True, "max_quantity": 3})
        listing.bigcommerce_product_id.is_enabled = False
        put_back = self.take_out("PIN-0")
        run = self.link()
        self.assertIn("1 products, 1 variants", run.message)
        product = listing.bigcommerce_product_id
        self.assertEqual((product.active, listing.active), (False, False))
        self.assertEqual(product.product_tmpl_id, self.pin.product_tmpl_id)
        put_back()
        self.link()
        self.assertEqual((product.active, listing.active), (True, True))
        self.assertFalse(product.is_missing or listing.is_missing)
        self.assertEqual(listing.product_id, self.pin)
        self.assertEqual((listing.override_rules, listing.max_quantity), (True, 3))
        self.assertFalse(product.is_enabled)

    def test_an_archived_listing_gets_no_quantity_until_it_comes_back(self):
        put_back = self.take_out("PIN-0")
        self.link()
        put_back()
        self.set_stock(self.pin, 4)
        self.run_cron("cron_push_inventory")
        self.assertEqual(self.shop.stock("PIN-0"), 5)
        level = self.env["bigcommerce.stock.level"].search([])
        self.assertEqual(
            (level.state, level.error), ("skipped", "The listing is archived.")
        )
        self.link()
        self.run_cron("cron_push_inventory")
        self.assertEqual(self.shop.stock("PIN-0"), 4)

    def test_an_archived_variant_adds_nothing_to_what_its_product_lists(self):
        cup = self.env["product.product"].create(
            {"name": "Cup", "default_code": "CUP-1", "is_storable": True}
        )
        other = self.env["product.product"].create(
            {"name": "Other cup", "default_code": "CUP-2", "is_storable": True}
        )
        self.set_stock(cup, 3)
        self.set_stock(other, 4)
        self.shop.add_product(
            "Cup",
            tracking="product",
            variants=[
                {"sku": f"CUP-{number}", "options": {"Size": str(number)}}
                for number in (1, 2)
            ],
        )
        self.link()
        self.run_cron("cron_push_inventory")
        self.assertEqual(self.shop.stock("CUP-1"), 7)
        variant = self.shop.catalog.variant_by_sku("CUP-2")
        del self.shop.catalog.variants[variant["id"]]
        self.link()
        self.assertFalse(self.listing("CUP-2").active)
        self.run_cron("cron_push_inventory")
        self.assertEqual(self.shop.stock("CUP-1"), 3)

    def test_an_order_for_what_is_gone_still_finds_its_product(self):
        self.listing("PIN-1").product_id = self.pin
        remote_id = self.shop.buy([("PIN-1", 1)])
        self.take_out("PIN-1")
        self.link()
        self.run_cron("cron_import_orders")
        self.assertIn(
            self.pin, self.inbox(remote_id).sale_order_ids.order_line.product_id
        )

    # a catalog that shrinks

    def test_when_much_is_gone_at_once_a_person_is_asked(self):
        put_back = self.take_out("PIN-0", "PIN-1", "PIN-2")
        for _time in range(2):
            run = self.link()
            self.assertIn("3 products and 3 variants", run.message)
        self.assert_nothing_archived()
        self.assertEqual(self.backend.missing_count, 6)
        self.assertEqual(len(self.backend.activity_ids), 1)
        put_back()
        self.link()
        self.assertFalse(self.backend.missing_count or self.backend.activity_ids)
        self.assertFalse(any(self.backend.product_ids.mapped("is_missing")))

    def test_the_share_is_the_stores_to_set(self):
        self.take_out("PIN-0", "PIN-1", "PIN-2")
        self.backend.missing_share = 15
        self.link()
        self.assertEqual(len(self.backend.product_ids), 17)

    def test_a_manager_says_that_it_is_gone(self):
        self.take_out("PIN-0", "PIN-1", "PIN-2")
        self.link()
        action = self.env.ref("connector_bigcommerce.action_archive_missing")
        in_store = {"active_model": "bigcommerce.backend", "active_id": self.backend.id}
        user = new_test_user(
            self.env, "daily", groups="connector_bigcommerce.group_user"
        )
        with self.assertRaises(AccessError):
            action.with_user(user).with_context(**in_store).run()
        manager = new_test_user(
            self.env, "boss", groups="connector_bigcommerce.group_manager"
        )
        one = self.listing("PIN-2").bigcommerce_product_id
        one.with_user(manager).action_archive_missing()
        self.assertEqual(len(self.backend.product_ids), 19)
        self.assertTrue(self.backend.activity_ids)
        action.with_user(manager).with_context(**in_store).run()
        self.assertEqual(len(self.backend.product_ids), 17)
        self.assertEqual(len(self.backend.product_ids.variant_ids), 17)
        self.assertFalse(self.backend.missing_count or self.backend.activity_ids)
        self.assertEqual(self.listing("PIN-0").product_id, self.pin)

    def test_variants_that_vanish_from_their_products_are_not_believed_either(self):
        variants = dict(self.shop.catalog.variants)
        self.shop.catalog.variants.clear()
        self.link()
        self.assert_nothing_archived()
        self.assertEqual(self.backend.missing_count, 20)
        self.shop.catalog.variants.update(variants)

    def test_an_empty_list_archives_nothing(self):
        products = dict(self.shop.catalog.products)
        self.shop.catalog.products.clear()
        self.link()
        self.assert_nothing_archived()
        self.assertTrue(self.backend.missing_count)
        self.shop.catalog.products.update(products)

    def test_an_answer_without_a_body_says_nothing_about_the_catalog(self):
        for path in (r"/catalog/products$", r"/catalog/variants$"):
            self.sim.faults.add("empty", path=path, times=9)
            run = self.link()
            self.assertEqual(run.state, "postponed")
            self.assert_nothing_archived()
            self.assertFalse(self.backend.missing_count)
            self.sim.faults.clear()
            self.sim.calls.clear()
