from odoo.tests import tagged

from ..orders.taxes.tax_case import TaxCase, line, sent

ORDER = {
    "id": 2800,
    "default_currency_code": "USD",
    "items_total": 4,
    "subtotal_ex_tax": "240.0000",
    "subtotal_inc_tax": "282.0000",
    "total_ex_tax": "240.0000",
    "total_inc_tax": "282.0000",
    "total_tax": "42.0000",
    "consignments": sent(
        line(2887, 2, "200.0000", "240.0000", "40.0000", ("100.00", "120.00")),
        line(2888, 2, "40.0000", "42.0000", "2.0000", ("20.00", "21.00"), sku="BOOK"),
    ),
}


@tagged("post_install", "-at_install")
class TestRecordedRefunds(TaxCase):
    """Refunds as stores make them: by quantity, with deductions, over several rates."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.add_product("Book", "BOOK", price="20.00", stock=10)
        products = cls.env["product.product"].search(
            [("default_code", "in", ("MUG", "BOOK"))]
        )
        products.invoice_policy = "order"
        for rate in (20, 5):
            cls.map_tax(rate)
        payments = cls.backend.payment_mapping_ids
        payments._create_missing(cls.backend, ["Credit Card"])
        cls.backend.payment_mapping_ids.invoicing = "posted"

    def refunded(self, amount, tax, *items, order=None, **values):
        """Return the refund of an order whose store paid some of it back."""
        order = order or self.receive(**ORDER)
        self.assertEqual(order.state, "imported", order.error)
        payload = {
            "id": 12,
            "order_id": order.remote_id,
            "total_amount": amount,
            "total_tax": tax,
            "items": list(items),
            "payments": [{"provider_id": "custom", "amount": amount}],
            **values,
        }
        refund = self.env["bigcommerce.refund"]._receive(order, [payload])
        refund._settle()
        self.assertEqual(refund.state, "done", refund.error)
        self.assertAlmostEqual(refund.move_id.amount_total, amount)
        self.assertAlmostEqual(refund.move_id.amount_tax, tax)
        return refund

    def lines(self, refund):
        return [
            (
                line.product_id.default_code,
                line.quantity,
                line.price_subtotal,
                line.tax_ids.amount,
                line.price_total - line.price_subtotal,
            )
            for line in refund.move_id.invoice_line_ids
        ]

    def product(self, line_id, quantity, amount=None, **values):
        return {
            "item_type": "PRODUCT",
            "item_id": line_id,
            "quantity": quantity,
            "requested_amount": amount,
            **values,
        }

    def test_a_refund_by_quantity_credits_the_product_with_its_own_tax(self):
        refund = self.refunded(21, 1, self.product(2888, 1))
        self.assertEqual(self.lines(refund), [("BOOK", 1, 20.0, 5.0, 1.0)])

    def test_a_deduction_lowers_the_base_of_its_own_tax(self):
        deduction = {"amount": 12, "description": "Restocking"}
        item = self.product(2887, 1, 120, adjustments=[deduction])
        refund = self.refunded(108, 18, item)
        taxes = refund.move_id.line_ids.filtered("tax_line_id")
        self.assertEqual(taxes.tax_line_id.amount, 20)
        self.assertAlmostEqual(sum(taxes.mapped("debit")), 18)
        self.assertAlmostEqual(refund.move_id.amount_untaxed, 90)

    def test_three_units_of_a_price_that_does_not_divide(self):
        item = self.product(2887, 3, 100)
        refund = self.refunded(100, 16.67, item)
        self.assertEqual(self.lines(refund)[0][1], 3)

    def test_tax_alone(self):
        self.refunded(5, 5)

    def test_a_refunded_unit_is_not_invoiced_again(self):
        refund = self.refunded(21, 1, self.product(2888, 1))
        sale = refund.order_id.sale_order_ids
        book = sale.order_line.filtered(lambda line: line.bigcommerce_line_id == 2888)
        self.assertEqual((book.qty_invoiced, book.qty_to_invoice), (1, 0))
        self.assertFalse(sale._bigcommerce_filter_due())

    def test_a_return_in_odoo_and_the_refund_meet_once(self):
        self.env["product.product"].search(
            [("default_code", "in", ("MUG", "BOOK"))]
        ).invoice_policy = "delivery"
        order = self.receive(**ORDER)
        sale = order.sale_order_ids
        delivery = sale.picking_ids
        delivery.move_ids.picked = True
        delivery.button_validate()
        sale._create_invoices().action_post()
        self.refunded(21, 1, self.product(2888, 1), order=order)
        wizard = self.env["stock.return.picking"].create({"picking_id": delivery.id})
        book = self.env["product.product"].search([("default_code", "=", "BOOK")])
        for row in wizard.product_return_moves:
            row.quantity = 1 if row.product_id == book else 0
        back = self.env["stock.picking"].browse(
            wizard.action_create_returns()["res_id"]
        )
        back.move_ids.picked = True
        back.button_validate()
        sold = sale.order_line.filtered(lambda line: line.product_id == book)
        self.assertEqual(sold.qty_delivered, 1)
        self.assertEqual(sold.qty_to_invoice, 0)

    def test_a_paid_refund_is_posted_and_paid_where_the_mapping_says_so(self):
        self.backend.payment_mapping_ids.invoicing = "paid"
        refund = self.refunded(21, 1, self.product(2888, 1))
        self.assertEqual(refund.move_id.state, "posted")
        self.assertIn(refund.move_id.payment_state, ("paid", "in_payment"))

    def test_store_credit_without_a_journal_stays_open(self):
        self.backend.payment_mapping_ids.invoicing = "paid"
        refund = self.refunded(
            21,
            1,
            self.product(2888, 1),
            payments=[{"provider_id": "storecredit", "amount": 21}],
        )
        self.assertEqual(refund.move_id.payment_state, "not_paid")

    def test_a_unit_that_was_refunded_before_the_order_came_in_is_told(self):
        line_ = line(11950, 2, "48.00", "48.00", "0.00", quantity_refunded=1)
        order = self.receive(
            id=1195,
            payment_status="partially refunded",
            items_total=2,
            subtotal_ex_tax="48.0000",
            subtotal_inc_tax="48.0000",
            total_ex_tax="48.0000",
            total_inc_tax="48.0000",
            total_tax="0.0000",
            consignments=sent(line_),
        )
        self.assertIn("refunded units", order.sale_order_ids.activity_ids.note)
        self.assertTrue(order.refunds_due)

    def test_a_refund_that_cannot_be_read_waits_alone(self):
        order = self.receive(**ORDER)
        good = {"order_id": 2800, "total_amount": 21, "total_tax": 1, "items": []}
        refunds = self.env["bigcommerce.refund"]._receive(
            order,
            [
                {**good, "id": 1, "total_amount": "a lot"},
                {**good, "id": 2, "created": "yesterday", "items": None},
                {**good, "id": 3, "order_id": "2800", "payments": None},
            ],
        )
        refunds._settle()
        self.assertEqual(refunds.mapped("state"), ["failed", "failed", "done"])
        self.assertIn("total_amount", refunds[0].error)
