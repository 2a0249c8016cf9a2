from odoo.tests import tagged

from ..common import BigCommerceCase


@tagged("post_install", "-at_install")
class TestOrderDifference(BigCommerceCase):
    """Orders whose parts do not come to what was charged."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.add_product("Mug", "MUG", price="10.00", stock=100)

    def order_off_by(self, amount, **fields):
        """Import an order that the store charged `amount` more than it adds up to."""
        remote_id = self.shop.buy([("MUG", 2)], discount="1.00")
        total = float(self.shop.order(remote_id)["total_inc_tax"]) + amount
        self.shop.edit_order(remote_id, total_inc_tax=f"{total:.4f}", **fields)
        self.run_cron("cron_import_orders")
        return self.inbox(remote_id)

    def rounding(self, order):
        return order.sale_order_ids.order_line.filtered(
            lambda line: (
                line.product_id
                == self.env.ref("connector_bigcommerce.product_rounding")
            )
        )

    def test_cents_within_the_tolerance_go_on_a_labelled_line(self):
        order = self.order_off_by(0.05)
        self.assertEqual(order.sale_order_ids.state, "sale")
        self.assertEqual(order.sale_order_ids.amount_total, order.amount_total)
        self.assertEqual(self.rounding(order).name, "Rounding")
        self.assertAlmostEqual(self.rounding(order).price_unit, 0.05)

    def test_more_than_that_is_held_and_explained_part_by_part(self):
        order = self.order_off_by(0.06)
        self.assertEqual(order.state, "held")
        self.assertFalse(order.sale_order_ids)
        self.assertAlmostEqual(order.amount_difference, 0.06)
        for row in (
            "Products: 24.0000 in the store, 24.00 by its lines",
            "Discounts: -1.0000 in the store, -1.00 by its lines",
            "Shipping: 6.0000 in the store, 6.00 by its lines",
            "Total: 29.0600 in the store, 29.00 by its lines",
        ):
            self.assertIn(row, order.error)

    def test_a_person_may_accept_it(self):
        order = self.order_off_by(2.5)
        order.action_accept_difference()
        sale = order.sale_order_ids
        self.assertEqual((order.state, sale.state), ("imported", "sale"))
        self.assertEqual(sale.amount_total, order.amount_total)
        self.assertAlmostEqual(self.rounding(order).price_unit, 2.5)
        self.assertIn(self.env.user.name, sale.message_ids[0].body)

    def test_it_stays_accepted_while_the_charges_stay(self):
        order = self.order_off_by(2.5)
        order.action_accept_difference()
        self.shop.edit_order(order.remote_id, staff_notes="changed")
        self.run_cron("cron_import_orders")
        self.assertEqual((order.state, order.error), ("imported", False))
        self.assertEqual(order.staff_notes, "changed")

    def test_another_difference_is_not_accepted(self):
        order = self.order_off_by(2.5)
        order.action_accept_difference()
        self.shop.edit_order(order.remote_id, total_inc_tax="39.0000")
        self.run_cron("cron_import_orders")
        self.assertIn("Total: 39.0000 in the store", order.error)
        self.assertEqual(order.sale_order_ids.amount_total, 31.5)

    def test_the_store_may_still_cancel_it(self):
        order = self.order_off_by(2.5)
        order.action_accept_difference()
        self.shop.set_status(order.remote_id, 5)
        self.run_cron("cron_import_orders")
        self.assertEqual(order.sale_order_ids.state, "cancel")
        self.assertEqual(order.sale_order_ids.picking_ids.state, "cancel")

    def test_a_cancellation_is_followed_whatever_the_amounts_say_by_then(self):
        order = self.order_off_by(0)
        self.shop.edit_order(order.remote_id, total_inc_tax="99.0000")
        self.shop.set_status(order.remote_id, 5)
        self.run_cron("cron_import_orders")
        self.assertEqual(order.sale_order_ids.state, "cancel")
        self.assertFalse(order.error)

    def test_an_order_that_was_corrected_in_the_store_comes_in(self):
        order = self.order_off_by(2.5)
        self.shop.edit_order(order.remote_id, total_inc_tax="29.0000")
        self.run_cron("cron_import_orders")
        self.assertEqual(order.state, "imported")
        self.assertFalse(order.amount_difference)

    def test_the_store_decides_how_much_of_it_is_tax(self):
        order = self.order_off_by(0, total_tax="4.8600")
        self.assertEqual(order.state, "imported", order.error)
        self.assertAlmostEqual(order.sale_order_ids.amount_tax, 4.86)
        self.assertEqual(order.sale_order_ids.amount_total, order.amount_total)
        self.assertFalse(self.rounding(order))

    def test_another_tax_than_rounding_explains_is_held(self):
        order = self.order_off_by(0, total_tax="9.0000")
        self.assertEqual(order.state, "held")
        self.assertIn("Tax in it: 9.0000 in the store", order.error)
        order.action_accept_difference()
        self.assertEqual(order.state, "imported")
