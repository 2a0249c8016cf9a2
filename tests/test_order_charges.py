from decimal import Decimal
from unittest import TestCase

from hypothesis import given
from hypothesis import strategies as st

from ..models.order_charges import simplest_rate

PERCENT = st.integers(min_value=1, max_value=3000).map(lambda n: Decimal(n) / 100)
PRICE = st.integers(min_value=100, max_value=10_000_000).map(lambda n: Decimal(n) / 100)


class TestSimplestRate(TestCase):
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
