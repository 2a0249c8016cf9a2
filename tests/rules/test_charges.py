from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase

from ...client import parse_order
from ...rules.charges import charge_consignments
from ...rules.rates import simplest_rate
from ..orders.order_payloads import CURRENCIES, orders

PERCENT = st.integers(min_value=1, max_value=3000).map(lambda n: Decimal(n) / 100)
PRICE = st.integers(min_value=100, max_value=10_000_000).map(lambda n: Decimal(n) / 100)


class TestSimplestRate(BaseCase):
    def test_no_tax_is_no_rate(self):
        self.assertEqual(simplest_rate(Decimal("10"), Decimal("10")), 0)
        self.assertEqual(simplest_rate(Decimal("0"), Decimal("0")), 0)

    def test_a_plain_rate_is_found(self):
        self.assertEqual(simplest_rate(Decimal("20.0000"), Decimal("24.0000")), 20)
        self.assertEqual(
            simplest_rate(Decimal("99.9900"), Decimal("108.8641")), Decimal("8.875")
        )

    @given(PRICE, PERCENT)
    def test_the_rate_explains_the_price(self, net, rate):
        gross = (net * (1 + rate / 100)).quantize(Decimal("0.0001"))
        found = simplest_rate(net, gross)
        self.assertLessEqual(
            abs(net * (1 + found / 100) - gross),
            Decimal("0.0001") * (1 + gross / net),
        )


class TestCharges(BaseCase):
    @settings(max_examples=500)
    @given(orders())
    def test_the_charges_come_to_the_stores_amounts(self, payload):
        document = parse_order(payload)
        decimals = CURRENCIES[document.currency_code]
        result = charge_consignments(document, decimals)
        charges = [charge for part in result for charge in part.charges]
        gross = sum(charge.gross for charge in charges)
        self.assertEqual(gross, document.total_inc_tax)
        self.assertEqual(gross - sum(c.net for c in charges), document.total_tax)
        discount = sum(c.gross for c in charges if c.kind == "discount")
        self.assertEqual(-discount, document.coupon_discount + document.discount_amount)
