import os
from decimal import Decimal

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from odoo.tests import tagged

from ..common import BigCommerceCase
from .order_payloads import CURRENCIES, orders

# Orders that are imported together: one batch is one example.
BATCH = 25
EXAMPLES = int(os.environ.get("ORDER_EXAMPLES", "500")) // BATCH


@tagged("post_install", "-at_install")
class TestOrderMoney(BigCommerceCase):
    """Generated orders come to the store's amounts, to the cent."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        currencies = cls.env["res.currency"].with_context(active_test=False)
        currencies.search([("name", "in", list(CURRENCIES))]).active = True
        cls.account = cls.env["account.account"].create(
            {
                "name": "Collected",
                "code": "BC251",
                "account_type": "liability_current",
            }
        )
        cls.backend.write(
            {
                "unknown_product_policy": "generic",
                "fallback_product_id": cls.env["product.product"]
                .create({"name": "Any", "type": "service"})
                .id,
                "rounding_tolerance": 0,
            }
        )

    @settings(
        max_examples=EXAMPLES,
        suppress_health_check=list(HealthCheck),
        # making a failing batch smaller takes minutes and tells no more
        phases=[Phase.explicit, Phase.generate],
    )
    @given(
        st.lists(orders(), min_size=BATCH, max_size=BATCH),
        st.sampled_from(["collected", "tax_included", "tax_excluded"]),
        st.sampled_from(["round_per_line", "round_globally"]),
    )
    def test_amounts_are_the_stores(self, payloads, mapped_to, rounding):
        savepoint = self.env.cr.savepoint()
        try:
            self.env.company.tax_calculation_rounding_method = rounding
            self.check(payloads, mapped_to)
        finally:
            savepoint.close(rollback=True)

    def check(self, payloads, mapped_to):
        for number, payload in enumerate(payloads, 1):
            payload["id"] = number
        self.map_rates(payloads, mapped_to)
        inbox = self.env["bigcommerce.order"]._receive(self.backend, payloads)
        for order, payload in zip(inbox, payloads, strict=True):
            # as GET /v2/orders/{id}/taxes would give them; most orders need none
            order.tax_lines = payload["_taxes"]
        inbox._process()
        for order, payload in zip(inbox, payloads, strict=True):
            self.assertEqual(order.state, "imported", order.error)
            self.compare(order, payload, mapped_to != "collected")

    def map_rates(self, payloads, mapped_to):
        """Have each rate of these orders' stores mapped."""
        self.backend.tax_mapping_ids.unlink()
        self.backend.prices_include_tax = mapped_to == "tax_included"
        self.backend.collected_tax_account_id = self.account
        rates = {rate for payload in payloads for rate in payload.pop("_rates") if rate}
        for rate in sorted(rates):
            self.map_tax(float(rate), is_collected=mapped_to == "collected")

    def compare(self, order, payload, is_mapped):
        sales = order.sale_order_ids
        lines = sales.order_line
        digits = sales.currency_id.decimal_places
        self.assertEqual(sales.currency_id.name, payload["default_currency_code"])

        def same(amount, *names):
            stated = sum(Decimal(payload[name]) for name in names)
            self.assertEqual(f"{amount:.{digits}f}", f"{stated:.{digits}f}")

        def near(amount, *names):
            """Where only the document is rounded, a part is off by what rounding
            carried into it and out of it: a unit each."""
            stated = sum(Decimal(payload[name]) for name in names)
            if stated == round(stated, digits) and payload["_is_whole"]:
                self.assertEqual(f"{amount:.{digits}f}", f"{stated:.{digits}f}")
            self.assertLess(abs(float(stated) - amount), 2.001 * 10**-digits)

        def of(name):
            product = self.env.ref(f"connector_bigcommerce.{name}")
            return lines.filtered(lambda line: line.product_id == product)

        same(sum(sales.mapped("amount_total")), "total_inc_tax")
        same(sum(order.tender_ids.mapped("amount")), "total_inc_tax")
        self.assertFalse(of("product_rounding"))
        products = lines.filtered("bigcommerce_line_id")
        self.assertEqual(
            sum(products.mapped("product_uom_qty")), payload["items_total"]
        )
        if is_mapped:
            same(sum(sales.mapped("amount_tax")), "total_tax")
            near(sum(products.mapped("price_total")), "subtotal_inc_tax")
            shipping = lines.filtered("is_delivery")
            same(sum(shipping.mapped("price_total")), "shipping_cost_inc_tax")
            discount = -sum(of("product_discount").mapped("price_total"))
            near(discount, "coupon_discount", "discount_amount")
