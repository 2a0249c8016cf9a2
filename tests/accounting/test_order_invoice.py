from decimal import Decimal

from odoo import fields
from odoo.tests import tagged

from ...simulator import Item
from ..common import BigCommerceCase


@tagged("post_install", "-at_install")
class TestOrderInvoice(BigCommerceCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        _remote_id, cls.mug = cls.add_product("Mug", "MUG-1", stock=100)
        cls.mug.invoice_policy = "order"

    def mapping(self, name="Credit Card"):
        mappings = self.env["bigcommerce.payment.mapping"]
        mappings._create_missing(self.backend, [name])
        return self.backend.payment_mapping_ids.filtered(
            lambda mapping: mapping.name == name
        )

    def order(self, invoicing, lines=(("MUG-1", 1),), **options):
        self.mapping().invoicing = invoicing
        order = self.import_order(list(lines), payment_method="Credit Card", **options)
        self.assertEqual(order.state, "imported", order.error)
        return order

    def invoice(self, invoicing, **options):
        return self.order(invoicing, **options).sale_order_ids.invoice_ids

    def journal(self, name):
        return self.env["account.journal"].create(
            {"name": name, "code": name[:4], "type": "bank"}
        )

    def payments(self, invoices):
        """Return {journal: amount} of what is registered on invoices."""
        payments = invoices.matched_payment_ids
        return {
            journal.name: sum(group.mapped("amount"))
            for journal, group in payments.grouped("journal_id").items()
        }

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

    def test_what_is_not_captured_is_not_registered(self):
        remote_id = self.shop.buy([("MUG-1", 1)], payment_method="Credit Card")
        self.mapping().invoicing = "paid"
        self.shop.edit_order(remote_id, payment_status="authorized")
        self.run_cron("cron_import_orders")
        invoice = self.inbox(remote_id).sale_order_ids.invoice_ids
        self.assertEqual((invoice.state, invoice.payment_state), ("posted", "not_paid"))
        self.shop.edit_order(remote_id, payment_status="captured")
        self.run_cron("cron_import_orders")
        self.assertIn(invoice.payment_state, ("paid", "in_payment"))
        self.assertEqual(len(self.inbox(remote_id).sale_order_ids.invoice_ids), 1)

    def test_the_payment_is_split_over_the_tenders(self):
        self.mapping().journal_id = self.journal("Cards")
        self.mapping("Gift Certificate").journal_id = self.journal("Vouchers")
        invoice = self.invoice("paid", gift_certificate="7", store_credit="2")
        self.assertEqual(
            self.payments(invoice),
            {"Vouchers": 7, "Cards": invoice.amount_total - 9},
        )
        self.assertEqual(invoice.amount_residual, 2, "credit: no journal is mapped")
        self.assertIn("Store Credit", self.backend.payment_mapping_ids.mapped("name"))

    def test_tenders_go_over_the_invoices_of_several_parcels(self):
        self.mapping().journal_id = self.journal("Cards")
        self.mapping("Store Credit").journal_id = self.journal("Credit")
        order = self.order(
            "paid",
            [Item("MUG-1", 1), Item("MUG-1", 2, place=1)],
            addresses=[{"city": "Austin"}, {"city": "Bend"}],
            store_credit="20",
        )
        invoices = order.sale_order_ids.invoice_ids
        self.assertEqual(len(invoices), 2)
        self.assertFalse(any(invoices.mapped("amount_residual")))
        charged = sum(invoices.mapped("amount_total"))
        self.assertEqual(self.payments(invoices), {"Credit": 20, "Cards": charged - 20})

    def test_a_total_that_differs_blocks_the_invoice(self):
        order = self.order("posted", status_id=7)
        sale = order.sale_order_ids
        self.env["sale.order.line"].create(
            {"order_id": sale.id, "product_id": self.mug.id, "price_unit": 3}
        )
        self.shop.set_status(order.remote_id, 11)
        self.run_cron("cron_import_orders")
        self.assertEqual(sale.state, "sale")
        self.assertFalse(sale.invoice_ids)
        self.assertIn("Not invoiced", sale.activity_ids.note)

    def test_goods_invoiced_on_delivery_are_invoiced_when_the_store_shipped(self):
        self.mug.invoice_policy = "delivery"
        order = self.order("paid", shipping_cost="5", coupon=("TEN", Decimal(10)))
        sale = order.sale_order_ids
        self.assertFalse(sale.invoice_ids, "costs and discounts wait for the goods")
        sale.picking_ids.move_ids.picked = True
        sale.picking_ids.button_validate()
        self.run_cron("cron_export_shipments")
        self.run_cron("cron_import_orders")
        self.assertEqual(
            sum(sale.invoice_ids.mapped("amount_total")), sale.amount_total
        )
        self.assertFalse(any(sale.invoice_ids.mapped("amount_residual")))

    def test_each_tender_is_registered_once_whatever_is_edited_later(self):
        """A certificate without a journal stays open, and the card is not charged
        for it when the order changes again."""
        order = self.order("paid", gift_certificate="7")
        invoice = order.sale_order_ids.invoice_ids
        self.assertAlmostEqual(invoice.amount_residual, 7)
        for note in ("one", "two"):
            self.shop.edit_order(order.remote_id, staff_notes=note)
            self.run_cron("cron_import_orders")
        self.assertAlmostEqual(invoice.amount_residual, 7)
        card = order.tender_ids.filtered(lambda tender: tender.kind == "payment")
        self.assertAlmostEqual(card.registered, card.amount)

    def test_an_order_paid_wholly_by_credit_is_paid(self):
        self.mapping("Store Credit").journal_id = self.journal("Credit")
        order = self.order("paid", store_credit="17", shipping_cost="5")
        self.shop.edit_order(order.remote_id, payment_status="")
        self.assertIn(
            order.sale_order_ids.invoice_ids.payment_state, ("paid", "in_payment")
        )

    def test_a_payment_has_the_orders_day_while_its_period_is_open(self):
        day = fields.Datetime.to_datetime("2026-03-02 09:15:04")
        order = self.order("draft")
        order.date_created = day
        self.mapping().invoicing = "paid"
        invoice = order.sale_order_ids.invoice_ids
        invoice.action_post()
        order._pay(invoice)
        payment = invoice.matched_payment_ids
        self.assertEqual(payment.date, day.date())
        self.assertEqual(payment.currency_id, invoice.currency_id)

    def test_a_copy_of_a_sale_order_is_an_ordinary_one(self):
        copied = self.order("none").sale_order_ids.copy()
        self.assertFalse(copied.bigcommerce_order_id)
        self.assertFalse(any(copied.order_line.mapped("is_bigcommerce_price")))
        self.assertFalse(any(copied.order_line.mapped("bigcommerce_charge")))
