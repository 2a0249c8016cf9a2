import base64

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..common import BigCommerceCase


@tagged("post_install", "-at_install")
class TestLinkImport(BigCommerceCase):
    """Links and switches that come in a CSV file."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.shop.add_product("Mug", sku="BC-MUG", stock=5)
        cls.shop.add_product("Pin", sku="BC-PIN", stock=5)
        cls.mug, cls.pin = cls.env["product.product"].create(
            [
                {"name": "Mug", "default_code": "MUG", "is_storable": True},
                {"name": "Pin", "barcode": "4006381333931", "is_storable": True},
            ]
        )

    def setUp(self):
        super().setUp()
        self.run_action("action_link_products")

    def import_file(self, *lines):
        wizard = self.env["bigcommerce.link.import"].create(
            {
                "backend_id": self.backend.id,
                "file": base64.b64encode("\r\n".join(lines).encode("utf-8-sig")),
            }
        )
        return wizard.action_import()

    def listing(self, sku):
        return self.env["bigcommerce.variant"].search([("sku", "=", sku)])

    def assert_refused(self, words, *lines):
        with self.assertRaises(UserError) as caught:
            self.import_file(*lines)
        self.assertIn(words, str(caught.exception))
        self.assertFalse(self.listing("BC-MUG").product_id, "nothing was changed")

    def test_links_switches_and_limits_are_taken_over(self):
        answer = self.import_file(
            "SKU;Odoo SKU;Barcode;BC_SubSource_Enabled;BC_SubSource_NotVisible;"
            "End When",
            "BC-MUG;MUG;;TRUE;FALSE;2",
            "BC-PIN;;4006381333931;0;1;",
        )
        self.assertIn("2 listings", answer["params"]["message"])
        mug, pin = self.listing("BC-MUG"), self.listing("BC-PIN")
        self.assertEqual((mug.product_id, pin.product_id), (self.mug, self.pin))
        self.assertEqual((mug.override_rules, mug.end_quantity), (True, 2))
        self.assertFalse(pin.override_rules)
        product = pin.bigcommerce_product_id
        self.assertEqual(
            (product.is_enabled, product.hide_when_out_of_stock), (False, True)
        )

    def test_a_file_with_a_wrong_line_changes_nothing_and_names_it(self):
        head, good = "SKU,Odoo SKU,BC_SubSource_Enabled", "BC-MUG,MUG,yes"
        self.assert_refused("Line 3: no listing", head, good, "NOWHERE,MUG,yes")
        self.assert_refused("Line 3: no product", head, good, "BC-PIN,NOTHING,yes")
        self.assert_refused("“maybe” cannot be taken", head, good, "BC-PIN,,maybe")

    def test_a_file_without_the_column_is_refused(self):
        self.assert_refused("must name the columns", "Name,Price", "Mug,5")
