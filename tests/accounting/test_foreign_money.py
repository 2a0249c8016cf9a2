from copy import deepcopy

from odoo import fields
from odoo.fields import Command
from odoo.tests import tagged

from ..orders.order_payloads import HEADER
from ..orders.taxes.tax_case import TaxCase, line, sent

# Two at 100.00 and 20 % tax, sent for 5.00 and tax; 20.00 of it paid by certificate.
ORDER = {
    "id": 4100,
    "default_currency_code": "EUR",
    "payment_method": "Credit Card",
    "payment_status": "captured",
    "items_total": 2,
    "subtotal_ex_tax": "200.0000",
    "subtotal_inc_tax": "240.0000",
    "shipping_cost_ex_tax": "5.0000",
    "shipping_cost_inc_tax": "6.0000",
    "total_ex_tax": "205.0000",
    "total_inc_tax": "246.0000",
    "total_tax": "41.0000",
    "gift_certificate_amount": "20.0000",
    "consignments": sent(
        line(1, 2, "200.0000", "240.0000", "40.0000", ("100.00", "120.00")),
        cost_ex_tax="5.0000",
        cost_inc_tax="6.0000",
    ),
}
REFUND = {
    "id": 9,
    "order_id": 4100,
    "total_amount": 120,
    "total_tax": 20,
    "items": [
        {
            "item_type": "PRODUCT",
            "item_id": 1,
            "quantity": 1,
            "requested_amount": None,
        }
    ],
    "payments": [{"provider_id": "custom", "amount": 120}],
}


class ForeignMoneyCase(TaxCase):
    """Orders in euro in books that are kept in dollars, at two euro a dollar."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.euro = cls.env.ref("base.EUR")
        cls.euro.active = True
        cls.env["product.product"].search([]).invoice_policy = "order"
        cls.set_up_store(cls.backend)

    @classmethod
    def set_up_store(cls, backend):
        """Have a store's orders invoiced and paid, cards and certificates apart."""
        company = backend.company_id
        cls.env["res.currency.rate"].create(
            {
                "currency_id": cls.euro.id,
                "company_id": company.id,
                "name": "2020-01-01",
                "rate": 2,
            }
        )
        journals = cls.env["account.journal"].with_company(company)
        cls.map_tax(20, backend)
        mappings = backend.payment_mapping_ids
        mappings._create_missing(backend, ["Credit Card", "Gift Certificate"])
        for mapping in backend.payment_mapping_ids:
            mapping.invoicing = "paid"
            mapping.journal_id = journals.create(
                {
                    "name": mapping.name,
                    "code": mapping.name[:4],
                    "type": "bank",
                    "company_id": company.id,
                }
            )

    def refund(self, order):
        refund = self.env["bigcommerce.refund"]._receive(order, [REFUND])
        refund._settle()
        self.assertEqual(refund.state, "done", refund.error)
        return refund.move_id

    def assert_booked(self, move, total, tax):
        """Check a posted move's money in euro, and in dollars on its accounts."""
        self.assertEqual((move.state, move.currency_id), ("posted", self.euro))
        self.assertAlmostEqual(move.amount_total, total)
        self.assertAlmostEqual(move.amount_tax, tax)
        booked = move.line_ids.filtered("tax_line_id")
        self.assertAlmostEqual(abs(sum(booked.mapped("amount_currency"))), tax)
        self.assertAlmostEqual(abs(sum(booked.mapped("balance"))), tax / 2)
        self.assertAlmostEqual(move.amount_residual, 0)
        self.assertEqual(move.matched_payment_ids.currency_id, self.euro)


@tagged("post_install", "-at_install")
class TestForeignMoney(ForeignMoneyCase):
    def test_an_invoice_and_its_tenders_are_in_the_orders_currency(self):
        order = self.receive(**ORDER)
        invoice = order.sale_order_ids.invoice_ids
        self.assert_booked(invoice, 246, 41)
        paid = invoice.matched_payment_ids.grouped("journal_id")
        amounts = {j.name: sum(rows.mapped("amount")) for j, rows in paid.items()}
        self.assertEqual(amounts, {"Credit Card": 226, "Gift Certificate": 20})

    def test_a_refund_is_in_the_orders_currency_and_paid_back_in_it(self):
        order = self.receive(**ORDER)
        credit_note = self.refund(order)
        self.assert_booked(credit_note, 120, 20)
        self.assertEqual(credit_note.matched_payment_ids.amount, 120)
        self.assertEqual(credit_note.invoice_line_ids[0].quantity, 1)

    def test_what_a_later_rate_changes_is_not_what_the_customer_owes(self):
        """The refund of a day with another rate still is what was paid back."""
        order = self.receive(**ORDER)
        self.env["res.currency.rate"].create(
            {
                "currency_id": self.euro.id,
                "company_id": self.backend.company_id.id,
                "name": fields.Date.today(),
                "rate": 4,
            }
        )
        credit_note = self.refund(order)
        self.assertAlmostEqual(credit_note.amount_total, 120)
        self.assertAlmostEqual(credit_note.amount_residual, 0)


@tagged("post_install", "-at_install")
class TestSharedContact(ForeignMoneyCase):
    """One contact that buys in the stores of two companies."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.second = cls.env["res.company"].create(
            {"name": "Second", "currency_id": cls.env.ref("base.USD").id}
        )
        cls.env["account.chart.template"].try_loading(
            "generic_coa", company=cls.second, install_demo=False
        )
        cls.env.user.company_ids |= cls.second
        other = cls.env["bigcommerce.backend"].create(
            {
                **cls.backend_values(),
                "name": "Second Shop",
                "company_id": cls.second.id,
            }
        )
        cls.other = other.with_env(other._in_company().env)
        paid = cls.backend.status_mapping_ids.filtered(lambda row: row.status_id == 11)
        cls.other.status_mapping_ids = [
            Command.create(
                {"status_id": 11, "name": paid.name, "import_action": "confirm"}
            )
        ]
        cls.set_up_store(cls.other)
        cls.contact = cls.env["res.partner"].create(
            {"name": "Ana Silva", "email": "ana@example.com", "company_id": False}
        )

    def import_into(self, backend):
        order = self.env["bigcommerce.order"].with_env(backend._in_company().env)
        order = order._receive(backend, [{**deepcopy(HEADER), **ORDER}])
        order._process()
        self.assertEqual(order.state, "imported", order.error)
        self.assertFalse(order.error)
        return order

    def test_each_company_books_on_its_own_accounts(self):
        for backend in (self.backend, self.other):
            order = self.import_into(backend)
            sale, company = order.sale_order_ids, backend.company_id
            self.assertEqual(sale.partner_id, self.contact)
            for move, total, tax in (
                (sale.invoice_ids, 246, 41),
                (self.refund(order), 120, 20),
            ):
                self.assert_booked(move, total, tax)
                self.assertEqual(move.company_id, company)
                self.assertEqual(move.line_ids.account_id.company_ids, company)
                self.assertEqual(move.line_ids.tax_line_id.company_id, company)
                payments = move.matched_payment_ids
                self.assertEqual(payments.company_id, company)
        self.assertFalse(self.contact.company_id)
