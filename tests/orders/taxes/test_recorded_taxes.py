from odoo.tests import tagged

from .tax_case import TaxCase, line, sent


@tagged("post_install", "-at_install")
class TestRecordedTaxes(TaxCase):
    """Orders as real stores rounded them; amounts are as recorded."""

    def test_net_prices_rounded_to_cents(self):
        """BigCommerce's own published order 247 (orders.v2.oas2.yml)."""
        tax = self.tax(8.25, price_include_override="tax_included")
        self.map_tax(8.25, tax_id=tax.id)
        order = self.receive(
            default_currency_code="USD",
            is_tax_inclusive_pricing=True,
            items_total=11,
            subtotal_ex_tax="924.4700",
            subtotal_inc_tax="1000.7400",
            shipping_cost_ex_tax="7.3900",
            shipping_cost_inc_tax="8.0000",
            total_ex_tax="931.8600",
            total_inc_tax="1008.7400",
            total_tax="76.8800",
            consignments=sent(
                line(238, 1, "41.5700", "45.0000", "3.4300"),
                line(239, 2, "14.5400", "15.7400", "1.2000", ("7.2700", "7.8700")),
                line(240, 4, "868.3600", "940.0000", "71.6400", ("217.09", "235.00")),
                line(241, 4, "0.0000", "0.0000", "0.0000"),
                cost_ex_tax="7.3900",
                cost_inc_tax="8.0000",
            ),
        )
        self.assertEqual(order.state, "imported", order.error)
        sale = order.sale_order_ids
        self.assertAlmostEqual(sale.amount_total, 1008.74)
        self.assertAlmostEqual(sale.amount_tax, 76.88)
        taxed = sale.order_line.filtered("price_total")
        self.assertEqual({line.tax_ids for line in taxed}, {tax})
        self.assertEqual(self.rates(), [8.25])

    def test_a_net_price_with_fractions_of_a_cent(self):
        self.backend.payment_mapping_ids._create_missing(self.backend, ["Credit Card"])
        self.backend.payment_mapping_ids.invoicing = "posted"
        self.env["product.product"].search(
            [("default_code", "=", "MUG")]
        ).invoice_policy = "order"
        self.map_tax(5.5, tax_id=self.tax(5.5).id)
        order = self.receive(**FRACTIONS)
        sale = order.sale_order_ids
        self.assertEqual(order.state, "imported", order.error)
        self.assertAlmostEqual(sale.amount_total, 2400)
        self.assertAlmostEqual(sale.amount_tax, 125.12)
        self.assertAlmostEqual(sale.invoice_ids.amount_tax, 125.12)
        self.assertAlmostEqual(sale.invoice_ids.amount_total, 2400)
        self.assertEqual(self.rates(), [5.5])

    def test_one_rate_in_several_countries_is_each_countrys_tax(self):
        company_tax, belgium = self.tax(21, "21% NL"), self.env.ref("base.be")
        position = self.env["account.fiscal.position"].create(
            {"name": "be", "auto_apply": True, "country_id": belgium.id}
        )
        belgian = self.tax(
            21,
            "21% BE OSS",
            original_tax_ids=[(6, 0, company_tax.ids)],
            fiscal_position_ids=[(6, 0, position.ids)],
        )
        self.map_tax(21, tax_id=company_tax.id)
        order = self.receive(**AT_21, consignments=sent(MUG_AT_21, country="BE"))
        self.assertEqual(order.sale_order_ids.fiscal_position_id, position)
        self.assertEqual(self.taxes_on_lines(order), belgian)
        self.assertAlmostEqual(order.sale_order_ids.amount_tax, 21)
        order = self.receive(
            **AT_21, id=1001, consignments=sent(MUG_AT_21, country="NL")
        )
        self.assertEqual(self.taxes_on_lines(order), company_tax)

    def test_a_mapping_may_name_the_country(self):
        everywhere, belgian = self.tax(21, "21% NL"), self.tax(21, "21% BE")
        self.map_tax(21, tax_id=everywhere.id)
        self.map_tax(21, tax_id=belgian.id, country_id=self.env.ref("base.be").id)
        order = self.receive(**AT_21, consignments=sent(MUG_AT_21, country="BE"))
        self.assertEqual(self.taxes_on_lines(order), belgian)

    def test_a_fiscal_position_with_another_percentage_is_not_what_was_charged(self):
        charged = self.tax(21, "21% NL")
        position = self.env["account.fiscal.position"].create(
            {
                "name": "be",
                "auto_apply": True,
                "country_id": self.env.ref("base.be").id,
            }
        )
        self.tax(
            6,
            "6% BE",
            original_tax_ids=[(6, 0, charged.ids)],
            fiscal_position_ids=[(6, 0, position.ids)],
        )
        self.map_tax(21, tax_id=charged.id)
        order = self.receive(**AT_21, consignments=sent(MUG_AT_21, country="BE"))
        self.assertEqual(self.taxes_on_lines(order), charged)


FRACTIONS = {
    "default_currency_code": "USD",
    "is_tax_inclusive_pricing": True,
    "items_total": 10,
    "subtotal_ex_tax": "2369.6667",
    "subtotal_inc_tax": "2500.0000",
    "total_ex_tax": "2274.8800",
    "total_inc_tax": "2400.0000",
    "total_tax": "125.1200",
    "discount_amount": "100.0000",
    "consignments": sent(
        line(
            537,
            10,
            "2369.6667",
            "2500.0000",
            "125.1200",
            ("236.9667", "250.0000"),
            discounted_total_inc_tax="2400.0000",
            applied_discounts=[
                {
                    "id": "manual-discount",
                    "amount": "100.0000",
                    "name": "Manual Discount",
                    "code": None,
                    "target": "order",
                }
            ],
        )
    ),
}
AT_21 = {
    "default_currency_code": "USD",
    "items_total": 1,
    "subtotal_ex_tax": "100.0000",
    "subtotal_inc_tax": "121.0000",
    "total_ex_tax": "100.0000",
    "total_inc_tax": "121.0000",
    "total_tax": "21.0000",
}
MUG_AT_21 = line(60010, 1, "100.0000", "121.0000", "21.0000")
