from odoo.tests import tagged

from .common import BigCommerceCase


@tagged("post_install", "-at_install")
class TestOrderInvoice(BigCommerceCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        _remote_id, product = cls.add_product("Mug", "MUG-1", stock=100)
        product.invoice_policy = "order"

    def invoice(self, invoicing, **options):
        payment = self.env["bigcommerce.payment.mapping"]._learn(
            self.backend, ["Credit Card"]
        ) or self.backend.payment_mapping_ids.filtered(
            lambda mapping: mapping.name == "Credit Card"
        )
        payment.invoicing = invoicing
        order = self.import_order(
            [("MUG-1", 1)], payment_method="Credit Card", **options
        )
        self.assertEqual(order.state, "imported", order.error)
        return order.sale_order_ids.invoice_ids

    def test_the_payment_method_decides_about_the_invoice(self):
        self.assertFalse(self.invoice("none"))
        self.assertEqual(self.invoice("draft").state, "draft")
        self.assertEqual(self.invoice("posted").state, "posted")

    def test_a_captured_payment_is_registered(self):
        invoice = self.invoice("paid")
        self.assertEqual(invoice.state, "posted")
        self.assertIn(invoice.payment_state, ("paid", "in_payment"))
        self.assertEqual(
            invoice.amount_total, invoice.line_ids.sale_line_ids.order_id.amount_total
        )
