from odoo.tests import tagged

from ..common import BigCommerceCase


@tagged("post_install", "-at_install")
class TestProductLink(BigCommerceCase):
    def create_product(self, **values):
        return self.env["product.product"].create({"name": "In Odoo", **values})

    def link(self):
        return self.run_action("action_link_products")["params"]["message"]

    def variant(self, sku):
        return self.env["bigcommerce.variant"].search([("sku", "=", sku)])

    def test_listings_are_linked_by_sku_then_by_barcode(self):
        self.shop.add_product("Mug", sku="MUG-1", upc="4006381333931")
        self.shop.add_product("Cup", sku="CUP-1", upc="4012345678901")
        self.shop.add_product("Bowl", sku="BOWL-1")
        by_sku = self.create_product(default_code="MUG-1")
        by_barcode = self.create_product(barcode="4012345678901")
        message = self.link()
        self.assertEqual(self.variant("MUG-1").product_id, by_sku)
        self.assertEqual(self.variant("CUP-1").product_id, by_barcode)
        self.assertFalse(self.variant("BOWL-1").product_id)
        self.assertIn("2 newly linked, 1 not linked", message)

    def test_a_sku_of_two_products_is_left_to_a_person(self):
        self.shop.add_product("Mug", sku="MUG-1")
        self.create_product(default_code="MUG-1")
        self.create_product(default_code="MUG-1")
        self.assertIn("1 could be several", self.link())
        self.assertFalse(self.variant("MUG-1").product_id)

    def test_an_empty_sku_matches_nothing(self):
        self.shop.add_product("Nameless")
        self.create_product(default_code=False)
        self.link()
        self.assertFalse(self.backend.product_ids.variant_ids.product_id)

    def test_a_link_by_hand_stays(self):
        self.shop.add_product("Mug", sku="MUG-1")
        chosen = self.create_product(default_code="OTHER")
        self.create_product(default_code="MUG-1")
        self.link()
        self.variant("MUG-1").product_id = chosen
        self.link()
        self.assertEqual(self.variant("MUG-1").product_id, chosen)

    def test_what_the_store_deleted_goes(self):
        self.backend.missing_share = 100
        product_id = self.shop.add_product("Mug", sku="MUG-1")
        self.link()
        (variant,) = self.shop.catalog.variants_of(product_id)
        del self.shop.catalog.variants[variant["id"]]
        del self.shop.catalog.products[product_id]
        self.link()
        self.assertFalse(self.backend.product_ids)
        self.assertFalse(self.variant("MUG-1"))

    def test_a_second_run_writes_nothing(self):
        self.shop.add_product("Mug", sku="MUG-1")
        self.create_product(default_code="MUG-1")
        self.link()
        product = self.backend.product_ids
        written = product.write_date, product.variant_ids.write_date
        self.link()
        self.assertEqual((product.write_date, product.variant_ids.write_date), written)

    def test_products_of_another_company_are_not_linked(self):
        company = self.env["res.company"].create({"name": "Elsewhere"})
        self.shop.add_product("Mug", sku="MUG-1")
        self.create_product(default_code="MUG-1", company_id=company.id)
        self.link()
        self.assertFalse(self.variant("MUG-1").product_id)

    def test_a_large_catalog_takes_few_calls(self):
        for number in range(300):
            self.shop.add_product(f"Pin {number}", sku=f"PIN-{number}")
        self.sim.calls.clear()
        self.link()
        self.assertEqual(len(self.backend.product_ids), 300)
        self.assertEqual(len(self.sim.calls), 4)
