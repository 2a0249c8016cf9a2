from datetime import timedelta

from odoo.tests import tagged

from ..common import BigCommerceCase


@tagged("post_install", "-at_install")
class TestRefund(BigCommerceCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        if not cls.env.company.chart_template:
            cls.env["account.chart.template"].try_loading(
                "generic_coa", company=cls.env.company, install_demo=False
            )
        _remote_id, mug = cls.add_product("Mug", "MUG-1", price="10.00", stock=100)
        mug.invoice_policy = "order"
        cls.backend.status_mapping_ids.filtered("import_action")
        payments = cls.env["bigcommerce.payment.mapping"]
        payments.search([("backend_id", "=", cls.backend.id)]).unlink()
        cls.payment = payments.create(
            {
                "backend_id": cls.backend.id,
                "name": "Credit Card",
                "invoicing": "posted",
            }
        )

    def sold(self, quantity=3):
        order = self.import_order([("MUG-1", quantity)], payment_method="Credit Card")
        self.assertEqual(order.state, "imported", order.error)
        return order

    def line_id(self, order):
        return order.sale_order_ids.order_line.filtered("bigcommerce_line_id")[
            0
        ].bigcommerce_line_id

    def refund(self, order, amount, tax="0", items=(), **options):
        """Let the shop pay money back, and import."""
        self.shop.refund(order.remote_id, amount, tax=tax, items=list(items), **options)
        self.run_cron("cron_import_orders")
        return order.refund_ids

    def product(self, order, quantity, amount):
        return {
            "item_type": "PRODUCT",
            "item_id": self.line_id(order),
            "quantity": quantity,
            "requested_amount": amount,
        }

    def test_a_refunded_product_is_a_draft_credit_note(self):
        order = self.sold()
        refund = self.refund(
            order, "10.00", items=[self.product(order, 1, 10)], reason="Broken"
        )
        self.assertEqual(refund.state, "done", refund.error)
        note = refund.move_id
        self.assertEqual(note.move_type, "out_refund")
        self.assertEqual(note.state, "draft")
        self.assertEqual(note.amount_total, 10.0)
        self.assertEqual(
            note.reversed_entry_id, order.sale_order_ids.invoice_ids - note
        )
        self.assertEqual(note.invoice_line_ids.product_id.default_code, "MUG-1")
        self.assertEqual(note.invoice_line_ids.quantity, 1)

    def test_a_refund_is_credited_once(self):
        order = self.sold()
        refund = self.refund(order, "10.00")
        note = refund.move_id
        for _time in range(2):
            order.refunds_due = True
            self.run_cron("cron_import_orders")
            self.run_action("action_retry", refund)
        self.assertEqual(order.refund_ids, refund)
        self.assertEqual(refund.move_id, note)
        self.assertEqual(order.sale_order_ids.invoice_ids.reversal_move_ids, note)

    def test_what_was_paid_back_before_the_order_came_in_is_credited(self):
        """One of three units, before the first fetch: a person is told before anything
        is picked, and the credit note is there with the invoice."""
        remote_id = self.shop.buy([("MUG-1", 3)], payment_method="Credit Card")
        line = self.shop.order(remote_id)["products"][0]
        paid, tax = float(line["price_inc_tax"]), float(line["price_tax"])
        self.assertGreater(tax, 0)
        item = {"item_type": "PRODUCT", "item_id": line["id"], "quantity": 1}
        self.shop.refund(remote_id, paid, tax=tax, items=[item])
        self.shop.set_status(remote_id, 11)
        self.run_cron("cron_import_orders")
        order = self.inbox(remote_id)
        sale, note = order.sale_order_ids, order.refund_ids.move_id
        self.assertEqual(sale.picking_ids.state, "assigned")
        self.assertIn("refunded units", sale.activity_ids.note)
        self.assertEqual((note.amount_total, note.amount_tax), (paid, tax))
        self.assertEqual(note.invoice_line_ids.quantity, 1)
        self.assertEqual(note.invoice_line_ids.sale_line_ids, sale.order_line[0])
        goods = sale.order_line.filtered("bigcommerce_line_id")
        self.assertEqual(goods.qty_invoiced, 2)

    def test_a_second_refund_is_a_second_credit_note(self):
        order = self.sold()
        self.refund(order, "10.00")
        later = self.shop.now() + timedelta(minutes=1)
        self.shop.now = lambda: later
        refunds = self.refund(order, "5.50")
        self.assertEqual(sorted(refunds.mapped("amount_total")), [5.5, 10.0])
        self.assertEqual(sorted(refunds.move_id.mapped("amount_total")), [5.5, 10.0])

    def test_unchanged_orders_cost_no_call(self):
        self.sold()
        self.run_cron("cron_import_orders")
        self.assertFalse(self.sim.calls_to("GET", r"/refunds"))

    def test_without_an_invoice_it_waits_for_one(self):
        self.payment.invoicing = "none"
        order = self.sold()
        refund = self.refund(order, "10.00")
        self.assertEqual(refund.state, "pending")
        self.assertIn("no posted invoice", refund.error)
        order.sale_order_ids._create_invoices().action_post()
        self.run_cron("cron_import_orders")
        self.assertEqual(refund.state, "done", refund.error)
        self.assertFalse(refund.error)
        self.assertEqual(refund.move_id.amount_total, 10.0)

    def test_a_declined_refund_is_not_credited(self):
        order = self.sold()
        refunds = self.env["bigcommerce.refund"]._receive(
            order,
            [
                {
                    "id": 900,
                    "order_id": order.remote_id,
                    "total_amount": 10,
                    "total_tax": 0,
                    "items": [],
                    "payments": [{"amount": 10, "is_declined": True}],
                }
            ],
        )
        self.assertEqual(refunds.state, "failed")
        refunds.action_retry()
        self.assertFalse(refunds.move_id)
