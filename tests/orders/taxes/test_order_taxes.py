from decimal import Decimal

from odoo.tests import tagged

from ....simulator.pricing.rounding import Rounding
from .tax_case import TaxCase

US_PARTS = [("Texas", Decimal("6.25")), ("Austin", Decimal(2))]


@tagged("post_install", "-at_install")
class TestOrderTaxes(TaxCase):
    """Which tax an order bears, and what becomes of it in Odoo."""

    def tax_calls(self):
        return self.sim.calls_to("GET", r"/taxes$")

    def test_the_rates_of_the_store_are_known_without_a_call(self):
        """Fetch Settings reads them; a sale tax of that percentage is taken."""
        tax = self.tax(20)
        order = self.import_order([("MUG", 3)])
        self.assertEqual(order.state, "imported", order.error)
        self.assertEqual(self.taxes_on_lines(order), tax)
        self.assertEqual(self.rates(), [20])
        self.assertFalse(self.tax_calls())

    def test_a_rate_without_an_odoo_tax_holds_the_order(self):
        order = self.import_order([("MUG", 3)])
        self.assertEqual((order.state, order.hold_cause), ("held", "tax"))
        self.assertIn("Tax 20 %", order.error)
        self.assertFalse(order.sale_order_ids)

    def test_create_tax_brings_it_in(self):
        order = self.import_order([("MUG", 3)])
        self.run_action("action_create_taxes", order)
        self.assertEqual(order.state, "imported", order.error)
        self.assertEqual(self.taxes_on_lines(order).amount, 20)
        self.assertAlmostEqual(order.sale_order_ids.amount_tax, 7)

    def test_a_tax_that_is_chosen_for_the_rate_brings_all_held_orders_in(self):
        orders = self.import_order([("MUG", 1)]) | self.import_order([("MUG", 2)])
        self.assertEqual(orders.mapped("state"), ["held", "held"])
        self.backend.tax_mapping_ids.tax_id = self.tax(20)
        self.run_cron("cron_import_orders")
        self.assertEqual(orders.mapped("state"), ["imported", "imported"])

    def test_tax_on_a_line_of_its_own_is_a_persons_choice_with_an_account(self):
        order = self.import_order([("MUG", 3)], payment_method="Cash")
        row = self.backend.tax_mapping_ids
        row.is_collected = True
        self.run_cron("cron_import_orders")
        self.assertIn("account for collected tax", order.error)
        account = self.env["account.account"].search(
            [("account_type", "=", "liability_current")], limit=1
        )
        self.backend.collected_tax_account_id = account
        self.run_cron("cron_import_orders")
        self.assertEqual(order.state, "imported", order.error)
        sale = order.sale_order_ids
        self.assertEqual(sale.amount_tax, 0)
        self.assertAlmostEqual(sale.amount_total, 42)
        invoice = sale._create_invoices()
        line = invoice.invoice_line_ids.filtered(
            lambda line: (
                line.product_id == self.env.ref("connector_bigcommerce.product_tax")
            )
        )
        self.assertEqual(line.account_id, account)
        self.assertAlmostEqual(line.price_subtotal, 7)

    def test_a_rate_that_was_set_up_since_is_read_from_the_orders_tax_lines(self):
        self.shop.tax_rate = Decimal("8.875")
        tax = self.tax(8.875)
        order = self.import_order([("MUG", 3)])
        self.assertEqual(order.state, "imported", order.error)
        self.assertEqual(self.taxes_on_lines(order), tax)
        self.assertEqual(len(self.tax_calls()), 1)
        self.shop.edit_order(order.remote_id, staff_notes="Call before")
        self.run_cron("cron_import_orders")
        self.assertEqual(len(self.tax_calls()), 1, "they are kept")

    def test_two_rates_that_both_explain_are_told_apart_by_the_tax_lines(self):
        twenty, nineteen = self.tax(20), self.tax(19)
        for tax in (twenty, nineteen):
            self.map_tax(tax.amount, tax_id=tax.id)
        self.shop.add_product(name="Pin", sku="PIN", price="0.10", stock=9)
        self.backend.write(
            {
                "unknown_product_policy": "generic",
                "fallback_product_id": self.env["product.product"].search(
                    [("default_code", "=", "MUG")]
                ),
            }
        )
        self.shop.tax_rate = Decimal(19)
        order = self.import_order([("PIN", 1)], shipping_cost="0")
        self.assertEqual(self.taxes_on_lines(order), nineteen)
        self.assertEqual(len(self.tax_calls()), 1)

    def test_tax_lines_that_cannot_be_read_are_read_later(self):
        self.shop.tax_rate = Decimal("8.875")
        self.tax(8.875)
        self.sim.faults.add("server_error", path=r"/taxes$", times=99, status=503)
        order = self.import_order([("MUG", 1)])
        self.assertNotEqual(order.state, "imported")
        self.sim.faults.clear()
        self.run_action("action_retry", order)
        self.assertEqual(order.state, "imported", order.error)

    def test_jurisdictions_come_with_their_names(self):
        self.shop.tax_rate = Decimal("8.25")
        self.shop.tax_parts = {Decimal("8.25"): US_PARTS}
        self.backend.action_fetch_settings()
        order = self.import_order([("MUG", 3)])
        self.assertEqual(order.state, "held")
        self.assertIn("Texas 6.25 %", order.error)
        self.run_action("action_create_taxes", order)
        self.assertEqual(order.state, "imported", order.error)
        taxes = self.taxes_on_lines(order).sorted("amount")
        self.assertEqual(taxes.mapped("name"), ["Austin 2 %", "Texas 6.25 %"])
        sale, stated = order.sale_order_ids, self.shop.order(order.remote_id)
        self.assertEqual(f"{sale.amount_tax:.4f}", stated["total_tax"])
        self.assertEqual(f"{sale.amount_total:.4f}", stated["total_inc_tax"])
        again = self.import_order([("MUG", 7)])
        self.assertEqual(self.taxes_on_lines(again), taxes)

    def test_a_divided_rate_that_is_mapped_whole_is_one_tax(self):
        self.shop.tax_rate = Decimal("8.25")
        self.shop.tax_parts = {Decimal("8.25"): US_PARTS}
        self.backend.action_fetch_settings()
        tax = self.tax(8.25)
        self.map_tax(8.25, tax_id=tax.id)
        order = self.import_order([("MUG", 3)])
        self.assertEqual(self.taxes_on_lines(order), tax)
        self.assertFalse(self.tax_calls())

    def test_a_token_that_may_not_read_tax_rates_is_told_and_goes_on(self):
        self.sim.faults.add("server_error", path=r"/v3/tax/", times=9, status=403)
        answer = self.backend.action_fetch_settings()
        self.assertIn("Tax rates", answer["params"]["message"])
        self.backend.store_tax_rates = False
        tax = self.tax(20)
        order = self.import_order([("MUG", 3)])
        self.assertEqual(self.taxes_on_lines(order), tax)

    def test_stores_round_in_every_way(self):
        self.tax(8.25)
        self.shop.tax_rate = Decimal("8.25")
        self.backend.action_fetch_settings()
        for inclusive in (True, False):
            for step in ("unit", "line", "document"):
                self.shop.tax_inclusive = inclusive
                self.shop.rounding = Rounding(step)
                order = self.import_order(
                    [("MUG", 7), ("MUG", 3)], coupon=("TEN", Decimal(10))
                )
                with self.subTest(inclusive=inclusive, step=step):
                    self.assertEqual(order.state, "imported", order.error)
                    stated = self.shop.order(order.remote_id)
                    sale = order.sale_order_ids
                    self.assertEqual(f"{sale.amount_tax:.4f}", stated["total_tax"])
                    self.assertEqual(
                        f"{sale.amount_total:.4f}", stated["total_inc_tax"]
                    )
        self.assertEqual(self.rates(), [8.25])
