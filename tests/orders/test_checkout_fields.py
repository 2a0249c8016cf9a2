from odoo.tests import tagged

from ..common import BigCommerceCase

FIELDS = (
    ("PO Number", "PO-4711"),
    ("VAT Number", "GB123456789"),
    ("Delivery time", ["10:30", "11:00"]),
    ("Licence", 123.2),
    ("Gate code", "line1\nline2"),
    ("Empty", ""),
)


@tagged("post_install", "-at_install")
class TestCheckoutFields(BigCommerceCase):
    """Fields that a merchant added to the checkout."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.add_product("Mug", "MUG-1", stock=100)

    def sale(self, **uses):
        """Import an order with these fields, some of them mapped to a use."""
        fields = self.backend.field_mapping_ids
        for name, use in uses.items():
            fields.create(
                {
                    "backend_id": self.backend.id,
                    "name": name.replace("_", " "),
                    "use": use,
                }
            )
        order = self.import_order([("MUG-1", 1)], form_fields=FIELDS)
        self.assertEqual(order.state, "imported", order.error)
        return order.sale_order_ids

    def test_each_is_shown_on_the_order_and_the_delivery_once(self):
        sale = self.sale()
        text = (
            "PO Number: PO-4711\nVAT Number: GB123456789\nDelivery time: 10:30, 11:00\n"
            "Licence: 123.2\nGate code: line1\nline2"
        )
        self.assertEqual(sale.bigcommerce_checkout_fields, text)
        self.assertEqual(sale.picking_ids.bigcommerce_checkout_fields, text)
        names = self.backend.field_mapping_ids.mapped("name")
        self.assertIn("Delivery time", names)

    def test_a_purchase_order_number_is_the_customers_reference(self):
        self.assertEqual(self.sale(PO_Number="reference").client_order_ref, "PO-4711")

    def test_instructions_are_the_note_of_the_delivery(self):
        picking = self.sale(Gate_code="delivery").picking_ids
        self.assertIn("line1", picking.note)

    def test_the_vat_number_is_the_customers_when_odoo_takes_it(self):
        sale = self.sale(VAT_Number="vat")
        customer = sale.partner_id.commercial_partner_id
        refused = any(
            "was refused" in body for body in customer.message_ids.mapped("body")
        )
        self.assertTrue(customer.vat == "GB123456789" or refused)
        self.assertIn("GB123456789", sale.bigcommerce_checkout_fields)
