from odoo.tests import tagged

from ..common import BigCommerceCase


@tagged("post_install", "-at_install")
class TestOrderProduct(BigCommerceCase):
    def create_product(self, **values):
        return self.env["product.product"].create({"name": "In Odoo", **values})

    def ordered_product(self, order):
        lines = order.sale_order_ids.order_line.filtered("bigcommerce_line_id")
        return lines.product_id

    def test_the_linked_variant_comes_before_the_sku(self):
        self.shop.add_product(name="Mug", sku="MUG-1", stock=5)
        self.create_product(default_code="MUG-1")
        self.run_action("action_link_products")
        linked = self.create_product(default_code="OTHER")
        variant = self.backend.env["bigcommerce.variant"].search(
            [("backend_id", "=", self.backend.id), ("sku", "=", "MUG-1")]
        )
        variant.product_id = linked
        order = self.import_order([("MUG-1", 1)])
        self.assertEqual(self.ordered_product(order), linked)

    def test_the_barcode_is_tried_after_the_sku(self):
        self.shop.add_product(name="Mug", sku="MUG-1", upc="4006381333931", stock=5)
        product = self.create_product(barcode="4006381333931")
        order = self.import_order([("MUG-1", 1)])
        self.assertEqual(self.ordered_product(order), product)

    def test_a_sku_on_two_products_holds_the_order(self):
        self.shop.add_product(name="Mug", sku="MUG-1", stock=5)
        self.create_product(default_code="MUG-1")
        self.create_product(default_code="MUG-1")
        order = self.import_order([("MUG-1", 1)])
        self.assertEqual(order.state, "held")
        self.assertFalse(order.sale_order_ids)

    def test_an_unknown_product_can_be_stood_for(self):
        self.shop.add_product(name="Mug", sku="MUG-1", stock=5)
        fallback = self.create_product(default_code="MISC", type="service")
        self.backend.write(
            {"unknown_product_policy": "generic", "fallback_product_id": fallback.id}
        )
        order = self.import_order([("MUG-1", 1)])
        self.assertEqual(self.ordered_product(order), fallback)
        self.assertIn("Mug", order.sale_order_ids.order_line.mapped("name"))

    def test_an_unknown_product_can_be_created(self):
        self.shop.add_product(name="Mug", sku="MUG-1", price="12.00", stock=5)
        self.backend.unknown_product_policy = "create"
        product = self.ordered_product(self.import_order([("MUG-1", 1)]))
        self.assertEqual((product.name, product.default_code), ("Mug", "MUG-1"))
        self.assertTrue(product.is_storable)
