from odoo.tests import tagged

from ...simulator import Item
from ..common import BigCommerceCase


@tagged("post_install", "-at_install")
class TestOrderFollow(BigCommerceCase):
    """What the store changes after the import."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        _remote_id, cls.mug = cls.add_product("Mug", "MUG", price="10", stock=100)
        _remote_id, cls.shirt = cls.add_product("T-shirt", "TSH", price="20", stock=100)

    def imported(self, lines=(("MUG", 3), ("TSH", 1)), **options):
        order = self.import_order(list(lines), **options)
        self.assertEqual(order.state, "imported", order.error)
        return order

    def line_ids(self, order):
        return [line["id"] for line in self.shop.order(order.remote_id)["products"]]

    def line(self, order, place):
        line_id = self.line_ids(order)[place]
        return order.sale_order_ids.order_line.filtered(
            lambda line: line.bigcommerce_line_id == line_id
        )

    def fetch(self, order):
        self.run_cron("cron_import_orders")
        self.assertFalse(order.is_changed, order.error)

    def deliver(self, order):
        picking = order.sale_order_ids.picking_ids
        picking.move_ids.picked = True
        picking.button_validate()

    def assert_total(self, order):
        remote = self.shop.order(order.remote_id)
        total = sum(order._get_live_sale_orders().mapped("amount_total"))
        self.assertEqual(f"{total:.4f}", remote["total_inc_tax"])

    def waiting(self, order):
        moves = order.sale_order_ids.picking_ids.move_ids
        moves = moves.filtered(lambda move: move.state not in ("done", "cancel"))
        return {move.product_id: move.product_uom_qty for move in moves}

    def news(self, order):
        return order.sale_order_ids.activity_ids

    # before delivery

    def test_quantities_follow_and_so_does_the_delivery(self):
        order = self.imported()
        mug, shirt = self.line_ids(order)
        self.shop.edit_lines(order.remote_id, {mug: 1, shirt: 2})
        self.fetch(order)
        self.assertEqual(self.line(order, 0).product_uom_qty, 1)
        self.assertEqual(self.waiting(order), {self.mug: 1, self.shirt: 2})
        self.assert_total(order)
        self.assertFalse(self.news(order))

    def test_lines_put_in_and_taken_out_follow(self):
        self.add_product("Pin", "PIN", price="3", stock=10)
        order = self.imported()
        mug, _shirt = self.line_ids(order)
        self.shop.edit_lines(order.remote_id, {mug: 0}, added=[("PIN", 2)])
        self.fetch(order)
        self.assertEqual(self.line(order, 0).product_uom_qty, 0)
        self.assertEqual(self.line(order, 2).product_uom_qty, 2)
        self.assertEqual(len(self.waiting(order)), 2)
        self.assert_total(order)

    def test_a_quotation_follows_and_keeps_no_empty_cost_lines(self):
        order = self.imported(status_id=7, coupon=("SAVE", 10))
        mug, shirt = self.line_ids(order)
        self.shop.edit_lines(order.remote_id, {mug: 1, shirt: 0})
        self.fetch(order)
        self.assertEqual(order.sale_order_ids.state, "draft")
        self.assert_total(order)
        costs = order.sale_order_ids.order_line.filtered(
            lambda line: not line.bigcommerce_line_id
        )
        self.assertTrue(all(costs.mapped("product_uom_qty")))

    def test_what_a_person_added_stays_and_the_difference_is_reported(self):
        order = self.imported()
        added = self.env["sale.order.line"].create(
            {
                "order_id": order.sale_order_ids.id,
                "product_id": self.shirt.id,
                "price_unit": 20,
            }
        )
        self.shop.edit_lines(order.remote_id, {self.line_ids(order)[0]: 1})
        self.fetch(order)
        self.assertEqual(order.state, "imported")
        self.assertIn("do not come to", order.error)
        self.assertEqual(len(self.news(order)), 1)
        self.assertEqual(self.line(order, 0).product_uom_qty, 3, "left as it was")
        self.assertTrue(added.exists())

    def test_an_address_follows_to_the_waiting_delivery(self):
        order = self.imported()
        self.shop.edit_address(order.remote_id, street_1="2 New Street")
        self.fetch(order)
        sale = order.sale_order_ids
        self.assertEqual(sale.partner_shipping_id.street, "2 New Street")
        self.assertEqual(sale.picking_ids.partner_id, sale.partner_shipping_id)

    def test_an_address_corrected_here_survives_an_edit_of_the_lines(self):
        order = self.imported()
        corrected = self.env["res.partner"].create({"name": "Neighbour"})
        order.sale_order_ids.partner_shipping_id = corrected
        self.shop.edit_lines(order.remote_id, {self.line_ids(order)[0]: 1})
        self.fetch(order)
        self.assertEqual(order.sale_order_ids.partner_shipping_id, corrected)
        self.assertEqual(self.line(order, 0).product_uom_qty, 1)

    def test_only_the_edited_parcel_follows(self):
        order = self.imported(
            [Item("MUG", 2), Item("TSH", 1, place=1)],
            addresses=[{"city": "Austin"}, {"city": "Bend"}],
        )
        self.shop.edit_address(order.remote_id, 1, city="Salem")
        self.fetch(order)
        first, second = order.sale_order_ids.sorted("id")
        self.assertEqual(first.partner_shipping_id.city, "Austin")
        self.assertEqual(second.partner_shipping_id.city, "Salem")
        self.assert_total(order)

    def test_notes_and_statuses_change_nothing_of_the_sale_order(self):
        order = self.imported()
        lines = order.sale_order_ids.order_line
        written = lines.mapped("write_date")
        self.shop.edit_order(order.remote_id, staff_notes="Called the customer")
        self.shop.set_status(order.remote_id, 9)
        self.fetch(order)
        self.assertEqual(order.staff_notes, "Called the customer")
        self.assertEqual(lines.mapped("write_date"), written)
        self.assertFalse(self.news(order))

    def test_a_draft_invoice_is_made_again(self):
        self.mug.invoice_policy = self.shirt.invoice_policy = "order"
        payment = self.backend.payment_mapping_ids.filtered(
            lambda mapping: mapping.name == "Credit Card"
        )
        payment.invoicing = "draft"
        order = self.imported()
        before = order.sale_order_ids.invoice_ids
        self.shop.edit_lines(order.remote_id, {self.line_ids(order)[0]: 1})
        self.fetch(order)
        after = order.sale_order_ids.invoice_ids - before
        self.assertEqual((before.state, after.state), ("cancel", "draft"))
        self.assertEqual(after.amount_total, order.amount_total)

    def test_cancelled_declined_and_refunded_orders_are_cancelled(self):
        for status_id in (5, 6, 4):
            order = self.imported()
            self.shop.set_status(order.remote_id, status_id)
            self.fetch(order)
            self.assertEqual(order.sale_order_ids.state, "cancel")
            self.assertFalse(self.waiting(order))

    def test_an_order_that_comes_back_to_life_tells_a_person(self):
        order = self.imported()
        self.shop.set_status(order.remote_id, 5)
        self.fetch(order)
        self.shop.set_status(order.remote_id, 11)
        self.fetch(order)
        self.assertEqual(order.sale_order_ids.state, "cancel")
        self.assertIn("cancelled here", self.news(order).note)

    def test_a_cancelled_order_with_an_invoice_stops_the_parcel_and_tells(self):
        self.mug.invoice_policy = "order"
        order = self.imported([("MUG", 1)])
        invoice = order.sale_order_ids._create_invoices()
        invoice.action_post()
        self.shop.set_status(order.remote_id, 5)
        self.fetch(order)
        self.assertEqual(order.sale_order_ids.state, "cancel")
        self.assertEqual(invoice.state, "posted")
        self.assertIn(invoice.name, self.news(order).note)

    def test_where_the_mapping_says_so_a_cancelled_order_is_left(self):
        self.backend.status_mapping_ids.update_action = "none"
        order = self.imported()
        self.shop.set_status(order.remote_id, 5)
        self.fetch(order)
        self.assertEqual(order.sale_order_ids.state, "sale")

    def test_a_dispute_tells_a_person(self):
        order = self.imported()
        self.shop.set_status(order.remote_id, 13)
        self.fetch(order)
        self.assertIn("Disputed", self.news(order).note)
        self.assertEqual(order.sale_order_ids.state, "sale")

    def test_units_refunded_before_they_left_tell_a_person(self):
        order = self.imported()
        item = {
            "item_type": "PRODUCT",
            "item_id": self.line_ids(order)[0],
            "quantity": 1,
            "requested_amount": 12.0,
        }
        self.shop.refund(order.remote_id, "12.00", items=[item])
        self.fetch(order)
        self.assertIn("Mug", self.news(order).note)

    # after delivery

    def test_after_delivery_one_activity_tells_all(self):
        order = self.imported()
        self.deliver(order)
        mug, _shirt = self.line_ids(order)
        self.shop.edit_lines(order.remote_id, {mug: 5})
        self.fetch(order)
        self.shop.edit_address(order.remote_id, city="Salem")
        self.fetch(order)
        self.shop.archive([order.remote_id])
        self.fetch(order)
        self.shop.set_status(order.remote_id, 5)
        self.fetch(order)
        self.assertEqual(order.sale_order_ids.state, "sale")
        self.assertEqual(self.line(order, 0).product_uom_qty, 3)
        self.assertEqual(order.sale_order_ids.partner_shipping_id.city, "Austin")
        self.assertEqual(len(self.news(order)), 1)
        for word in ("changed lines", "archived", "Cancelled"):
            self.assertIn(word, self.news(order).note)

    def test_an_edit_that_cannot_be_followed_is_tried_again_on_request(self):
        order = self.imported()
        self.shop.add_product(name="Pin", sku="PIN", stock=5)
        self.shop.edit_lines(order.remote_id, added=[("PIN", 1)])
        self.fetch(order)
        self.assertEqual(order.state, "imported")
        self.assertIn("PIN", order.error)
        self.env["product.product"].create({"name": "Pin", "default_code": "PIN"})
        order.action_retry()
        self.assertFalse(order.error)
        self.assertEqual(self.line(order, 2).product_uom_qty, 1)
        self.assert_total(order)
