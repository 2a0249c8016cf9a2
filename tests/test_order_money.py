import os
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.tests import tagged

from .common import BigCommerceCase
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
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(st.lists(orders(), min_size=BATCH, max_size=BATCH), st.booleans())
    def test_totals_and_taxes_are_the_stores(self, payloads, is_mapped):
        savepoint = self.env.cr.savepoint()
        try:
            self.check(payloads, is_mapped)
        finally:
            savepoint.close(rollback=True)

    def check(self, payloads, is_mapped):
        for number, payload in enumerate(payloads, 1):
            payload["id"] = number
        inbox = self.env["bigcommerce.order"]._receive(self.backend, payloads)
        if is_mapped:
            inbox._learn_words()
            self.backend.tax_mapping_ids.action_create_tax()
        inbox._process()
        for order, payload in zip(inbox, payloads, strict=True):
            self.assertEqual(order.state, "imported", order.error)
            self.compare(order, payload, is_mapped)

    def compare(self, order, payload, is_mapped):
        sale = order.sale_order_ids
        digits = sale.currency_id.decimal_places
        self.assertEqual(sale.currency_id.name, payload["default_currency_code"])

        def same(amount, name):
            self.assertEqual(
                f"{amount:.{digits}f}", f"{Decimal(payload[name]):.{digits}f}"
            )

        same(sale.amount_total, "total_inc_tax")
        if is_mapped:
            same(sale.amount_tax, "total_tax")
            products = sale.order_line.filtered("bigcommerce_line_id")
            same(sum(products.mapped("price_total")), "subtotal_inc_tax")
            shipping = sale.order_line.filtered("is_delivery")
            same(sum(shipping.mapped("price_total")), "shipping_cost_inc_tax")
            discount = self.env.ref("connector_bigcommerce.product_discount")
            discounts = sale.order_line.filtered(
                lambda line: line.product_id == discount
            )
            same(-sum(discounts.mapped("price_total")), "coupon_discount")
