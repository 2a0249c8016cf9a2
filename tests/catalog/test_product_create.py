import base64

from odoo.tests import tagged

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
