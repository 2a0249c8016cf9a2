from odoo.tests import tagged

from ..common import BigCommerceCase


@tagged("post_install", "-at_install")
class TestAccountingRefuses(BigCommerceCase):
    """What accounting lacks is told, and keeps neither the order nor its parcel."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        _remote_id, cls.mug = cls.add_product("Mug", "MUG-1", stock=100)
        cls.mug.invoice_policy = "order"
        mappings = cls.backend.payment_mapping_ids
        mappings._create_missing(cls.backend, ["Credit Card"])
        cls.backend.payment_mapping_ids.invoicing = "paid"
        cls.journals = cls.env["account.journal"].search([("type", "=", "sale")])

    def buy(self, *lines, **options):
        order = self.import_order(list(lines), payment_method="Credit Card", **options)
        return order, order.sale_order_ids

    def retry(self, order):
        self.journals.active = True
        order.action_retry()
        self.assertFalse(order.error)

    def assert_paid(self, sale):
        self.assertEqual(len(sale.invoice_ids), 1)
        self.assertAlmostEqual(sale.invoice_ids.amount_total, sale.amount_total)
        self.assertIn(sale.invoice_ids.payment_state, ("paid", "in_payment"))

    def test_a_new_order_is_confirmed_and_its_parcel_waits(self):
        self.journals.active = False
        order, sale = self.buy(("MUG-1", 1))
        self.assertEqual((order.state, sale.state), ("imported", "sale"))
        self.assertEqual(sale.picking_ids.state, "assigned")
        self.assertFalse(sale.invoice_ids)
        self.assertIn("journal", order.error)
        self.retry(order)
        self.assert_paid(sale)

    def test_an_order_that_is_paid_later_is_confirmed(self):
        order, sale = self.buy(("MUG-1", 1), status_id=7)
        self.assertEqual(sale.state, "draft")
        self.journals.active = False
        self.shop.edit_order(order.remote_id, payment_status="captured", status_id=11)
        self.run_cron("cron_import_orders")
        self.assertEqual((sale.state, sale.picking_ids.state), ("sale", "assigned"))
        self.assertIn("journal", order.error)
        self.retry(order)
        self.assert_paid(sale)

    def test_an_edit_is_followed(self):
        self.journals.active = False
        order, sale = self.buy(("MUG-1", 1))
        self.shop.edit_lines(order.remote_id, {self.line_id(order): 3})
        self.run_cron("cron_import_orders")
        goods = sale.order_line.filtered(lambda line: line.product_id == self.mug)
        self.assertEqual(goods.product_uom_qty, 3)
        self.assertEqual(sale.picking_ids.move_ids.product_uom_qty, 3)
        self.assertIn("journal", order.error)
        self.retry(order)
        self.assert_paid(sale)

    def test_a_payment_that_cannot_be_registered_leaves_no_half_invoice(self):
        """The invoice is made once, together with its payment."""
        banks = self.env["account.journal"].search(
            [("type", "in", ("bank", "cash", "credit"))]
        )
        banks.active = False
        order, sale = self.buy(("MUG-1", 1))
        self.assertEqual(sale.picking_ids.state, "assigned")
        self.assertTrue(order.error)
        banks.active = True
        order.action_retry()
        self.assert_paid(sale)
        tender = order.tender_ids
        self.assertAlmostEqual(tender.registered, tender.amount)

    def line_id(self, order):
        return order.payload["consignments"]["shipping"][0]["line_items"][0]["id"]
