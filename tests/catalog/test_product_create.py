import base64
from unittest.mock import patch

from odoo import fields
from odoo.tests import mute_logger, tagged

from ..common import BigCommerceCase

PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9"
    "awAAAABJRU5ErkJggg=="
)


@tagged("post_install", "-at_install")
class TestProductCreate(BigCommerceCase):
    """Odoo products made from the store's."""

    def create_products(self):
        self.run_action("action_link_products")
        listings = self.env["bigcommerce.variant"].search([])
        self.run_action("action_create_products", listings)
        return listings

    def test_a_simple_product_comes_with_all_it_has(self):
        self.shop.add_product(
            "Mug",
            sku="MUG",
            price="9.95",
            upc="4006381333931",
            weight="0.4",
            image=PIXEL,
        )
        product = self.create_products().product_id
        self.assertEqual(
            (product.name, product.default_code, product.barcode),
            ("Mug", "MUG", "4006381333931"),
        )
        self.assertEqual((product.list_price, product.weight), (9.95, 0.4))
        self.assertTrue(product.is_storable)
        self.assertTrue(product.image_1920)

    def test_variants_come_with_their_attributes_and_no_others(self):
        self.shop.add_product(
            "T-shirt",
            variants=[
                {"sku": "T-R-S", "options": {"Color": "Red", "Size": "S"}},
                {"sku": "T-B-M", "options": {"Color": "Blue", "Size": "M"}},
            ],
        )
        products = self.create_products().product_id
        template = products.product_tmpl_id
        self.assertEqual(len(template), 1)
        self.assertEqual(template.product_variant_ids, products)
        red = products.filtered(lambda product: product.default_code == "T-R-S")
        values = red.product_template_attribute_value_ids
        self.assertEqual(
            {value.attribute_id.name: value.name for value in values},
            {"Color": "Red", "Size": "S"},
        )

    def test_what_is_linked_is_left_and_a_second_time_creates_nothing(self):
        self.shop.add_product("Mug", sku="MUG")
        product = self.create_products().product_id
        self.assertEqual(self.create_products().product_id, product)
        count = self.env["product.product"].search_count([("default_code", "=", "MUG")])
        self.assertEqual(count, 1)

    def test_an_order_brings_the_products_it_needs(self):
        self.backend.unknown_product_policy = "create"
        self.shop.add_product(
            "T-shirt",
            weight="0.2",
            variants=[
                {"sku": f"T-{size}", "options": {"Size": size}, "stock": 5}
                for size in "SM"
            ],
        )
        self.run_action("action_link_products")
        order = self.import_order([("T-M", 1)])
        line = order.sale_order_ids.order_line.filtered("bigcommerce_line_id")
        self.assertEqual(line.product_id.default_code, "T-M")
        self.assertEqual(line.product_id.weight, 0.2)
        template = line.product_id.product_tmpl_id
        self.assertEqual(
            set(template.product_variant_ids.mapped("default_code")), {"T-S", "T-M"}
        )

    def test_a_product_does_without_an_image_that_cannot_be_read(self):
        self.shop.add_product("Mug", sku="MUG", image=PIXEL)
        rows = self.shop.catalog.image_rows
        self.shop.catalog.image_rows = lambda product, host: [
            {**row, "url_standard": "ftp://example.com/mug.png"}
            for row in rows(product, host)
        ]
        self.addCleanup(delattr, self.shop.catalog, "image_rows")
        product = self.create_products().product_id
        self.assertFalse(product.image_1920)

    def test_a_picture_that_is_none_stops_no_product(self):
        self.shop.add_product("Mug", sku="MUG", image=b"no picture at all")
        product = self.create_products().product_id
        self.assertEqual(product.default_code, "MUG")
        self.assertFalse(product.image_1920)


@tagged("post_install", "-at_install")
class TestLinkReport(BigCommerceCase):
    """What could not be linked says why."""

    def test_blank_unknown_and_ambiguous_listings_are_told_apart(self):
        for sku in ("", "LONELY", "TWICE"):
            self.shop.add_product(f"Product {sku}", sku=sku)
        self.env["product.product"].create(
            [
                {"name": "A", "default_code": "TWICE"},
                {"name": "B", "default_code": "TWICE"},
            ]
        )
        answer = self.run_action("action_link_products")
        listings = self.env["bigcommerce.variant"].search([])
        self.assertEqual(
            {listing.sku: listing.link_issue for listing in listings},
            {False: "blank", "LONELY": "unknown", "TWICE": "duplicate"},
        )
        self.assertIn("1 could be several", answer["params"]["message"])
        listings[0].product_id = self.env["product.product"].search([], limit=1)
        self.assertFalse(listings[0].link_issue)

    def test_a_product_that_the_store_does_not_count_can_be_counted_from_now_on(self):
        _remote_id, mug = self.add_product("Mug", "MUG", stock=0, tracking="none")
        self.run_action("action_link_products")
        listing = self.env["bigcommerce.product"].search([])
        self.set_stock(mug, 7)
        self.run_action("action_track_inventory", listing)
        self.assertEqual(
            self.shop.product_by_sku("MUG")["inventory_tracking"], "product"
        )
        self.run_cron("cron_push_inventory")
        self.assertEqual(self.shop.stock("MUG"), 7)


@tagged("post_install", "-at_install")
class TestProductGrows(BigCommerceCase):
    """Variants that are added later, to a product that is linked."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.shirt_id = cls.shop.add_product(
            "T-shirt",
            variants=[{"sku": "T-S", "options": {"Size": "S"}, "stock": 5}],
        )

    def link(self):
        self.run_cron("cron_link_products")

    def add_in_store(self, sku, **options):
        self.shop.catalog._add_variant(
            self.shirt_id, {"sku": sku, "options": options, "stock": 5}
        )

    def product(self, sku):
        return self.env["bigcommerce.variant"].search([("sku", "=", sku)]).product_id

    def created_shirt(self):
        """Have the shirt created in Odoo, and later ones too; return its template."""
        self.link()
        self.run_action("action_create_products", self.backend.product_ids)
        self.backend.unknown_product_policy = "create"
        return self.product("T-S").product_tmpl_id

    def test_one_added_in_the_store_joins_its_siblings(self):
        template = self.created_shirt()
        self.add_in_store("T-M", Size="M")
        self.link()
        added = self.product("T-M")
        self.assertEqual(added.product_tmpl_id, template)
        self.assertEqual(added.default_code, "T-M")
        self.assertEqual(added.product_template_attribute_value_ids.name, "M")
        self.assertEqual(len(template.product_variant_ids), 2)
        self.link()
        self.assertEqual(len(template.product_variant_ids), 2)

    def test_without_that_policy_it_waits_for_a_person(self):
        template = self.created_shirt()
        self.backend.unknown_product_policy = "hold"
        self.add_in_store("T-M", Size="M")
        self.link()
        listing = self.env["bigcommerce.variant"].search([("sku", "=", "T-M")])
        self.assertEqual(listing.link_issue, "unknown")
        self.assertEqual(len(template.product_variant_ids), 1)
        self.run_action("action_create_products", listing)
        self.assertEqual(listing.product_id.product_tmpl_id, template)

    def test_where_the_product_cannot_hold_it_it_is_a_product_of_its_own(self):
        plain = self.env["product.product"].create(
            {"name": "Shirt", "default_code": "T-S"}
        )
        self.backend.unknown_product_policy = "create"
        self.link()
        self.assertEqual(self.product("T-S"), plain)
        self.add_in_store("T-M", Size="M")
        self.link()
        added = self.product("T-M")
        self.assertNotEqual(added.product_tmpl_id, plain.product_tmpl_id)
        self.assertEqual(len(plain.product_tmpl_id.product_variant_ids), 1)

    def test_one_added_in_odoo_is_linked_by_the_next_run(self):
        self.created_shirt()
        self.backend.unknown_product_policy = "hold"
        self.add_in_store("T-L", Size="L")
        self.link()
        self.assertFalse(self.product("T-L"))
        large = self.env["product.product"].create(
            {"name": "Large", "default_code": "T-L"}
        )
        self.link()
        self.assertEqual(self.product("T-L"), large)

    def test_a_product_with_the_same_attributes_is_left_to_a_person(self):
        self.created_shirt()
        self.add_in_store("T-S2", Size="S")
        self.link()
        self.assertFalse(self.product("T-S2"))
        self.assertIn("same attributes", self.backend.product_ids.create_error)


@tagged("post_install", "-at_install")
class TestOrderedProducts(BigCommerceCase):
    """With policy *create*, what is wrong with a listing is its own orders' alone."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for sku in ("GOOD", "BAD"):
            cls.shop.add_product(f"Product {sku}", sku=sku, stock=9)
        cls.add_product("Mug", "MUG", stock=9)
        cls.backend.unknown_product_policy = "create"

    def setUp(self):
        super().setUp()
        self.run_action("action_link_products")

    def buy(self, *skus):
        return [self.shop.buy([(sku, 1)]) for sku in skus]

    def states(self, numbers):
        return [self.inbox(number).state for number in numbers]

    def test_a_listing_that_cannot_be_created_holds_up_its_own_orders(self):
        listings = type(self.backend.product_ids)
        prepare = listings._prepare_template

        def fail(listing, row, options):
            if row["sku"] == "BAD":
                raise ValueError("odd row")
            return prepare(listing, row, options)

        numbers = self.buy("GOOD", "BAD", "MUG")
        with (
            patch.object(listings, "_prepare_template", fail),
            mute_logger("odoo.addons.connector_bigcommerce"),
        ):
            self.run_cron("cron_import_orders")
        self.assertEqual(self.states(numbers), ["imported", "failed", "imported"])
        bad = self.inbox(numbers[1])
        self.assertIn("odd row", bad.error)
        self.assertTrue(bad.next_attempt)
        listing = self.backend.product_ids.filtered(lambda p: p.sku == "BAD")
        self.assertEqual(listing.create_error, "odd row")
        self.assertFalse(listing.product_tmpl_id)
        bad.next_attempt = fields.Datetime.now()
        self.run_cron("cron_import_orders")
        self.assertEqual(bad.state, "imported", bad.error)
        self.assertFalse(listing.create_error)

    def test_a_catalog_that_cannot_be_read_stops_no_order_with_known_products(self):
        for status in (403, 503):
            with self.subTest(status):
                self.sim.faults.add(
                    "server_error", status=status, path=r"/catalog/products$", times=9
                )
                numbers = self.buy("GOOD", "MUG")
                self.run_cron("cron_import_orders")
                self.assertEqual(self.states(numbers), ["failed", "imported"])
                self.sim.faults.clear()

    def test_the_button_says_what_could_not_be_created(self):
        listings = self.env["bigcommerce.variant"].search([("sku", "!=", "MUG")])
        self.sim.faults.add(
            "server_error", status=503, path=r"/catalog/products$", times=9
        )
        answer = self.run_action("action_create_products", listings)
        self.assertIn("Product BAD: HTTP 503", answer["params"]["message"])
        self.sim.faults.clear()
        self.assertIs(self.run_action("action_create_products", listings), True)
        self.assertTrue(all(listings.mapped("product_id")))
