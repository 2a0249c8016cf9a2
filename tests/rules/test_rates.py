from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import BaseCase

from ...rules.rates import Rounding, SetRate, TaxPart, levy_of, whole_levy
from ...rules.store_rates import store_rates

PERCENT = st.integers(min_value=1, max_value=30_000).map(lambda n: Decimal(n) / 1000)
CENTS = st.integers(min_value=1, max_value=10_000_000).map(lambda n: Decimal(n) / 100)
STATE, COUNTY = TaxPart("State", Decimal("6.25")), TaxPart("County", Decimal(2))


def explains(rate, net, gross, inclusive, units=1):
    rounding = Rounding(inclusive, 2)
    levy = whole_levy(Decimal(rate))
    return rounding.explains(levy, Decimal(net), Decimal(gross), units, 1)


class TestRounding(BaseCase):
    def test_a_price_with_tax_explains_its_rounded_net(self):
        """BigCommerce's own order 247 (orders.v2.oas2.yml): 8.25 % of 45.00."""
        self.assertTrue(explains("8.25", "41.57", "45.00", True))
        self.assertFalse(explains("8.251", "4157.00", "4500.00", True))
        self.assertFalse(explains("8", "41.57", "45.00", True))

    def test_each_unit_may_be_rounded(self):
        self.assertFalse(explains("8.25", "72.70", "78.73", False))
        self.assertTrue(explains("8.25", "72.70", "78.73", False, units=10))

    @given(CENTS, PERCENT, st.booleans())
    def test_the_rate_that_was_charged_always_explains(self, price, rate, inclusive):
        factor = 1 + rate / 100
        other = (price / factor if inclusive else price * factor).quantize(
            Decimal("0.01")
        )
        net, gross = (other, price) if inclusive else (price, other)
        self.assertTrue(explains(rate, net, gross, inclusive))


class TestLevy(BaseCase):
    def test_rates_of_one_priority_are_added(self):
        levy = levy_of([SetRate(*STATE, 1), SetRate(*COUNTY, 1)])
        self.assertEqual(levy.rate, Decimal("8.25"))
        self.assertEqual([part for part, _share in levy.parts], [STATE, COUNTY])

    def test_a_later_priority_is_taken_of_the_sum(self):
        gst, qst = TaxPart("GST", Decimal(5)), TaxPart("QST", Decimal("9.5"))
        levy = levy_of([SetRate(*gst, 0), SetRate(*qst, 1)])
        self.assertEqual(levy.rate, Decimal("14.975"))

    def test_one_rate_is_not_divided_and_needs_no_name(self):
        self.assertEqual(
            levy_of([SetRate("VAT", Decimal("20.0000"), 1)]), whole_levy(20)
        )

    @given(st.decimals(min_value=0, max_value=10_000, places=2))
    def test_the_parts_are_the_tax_to_the_cent(self, tax):
        levy = levy_of([SetRate(*STATE, 1), SetRate(*COUNTY, 1)])
        amounts = levy.split(tax, 2)
        self.assertEqual(sum(amounts.values()), tax)
        exact = tax * STATE.rate / levy.rate
        self.assertLessEqual(abs(amounts[STATE] - exact), Decimal("0.005"))


class TestStoreRates(BaseCase):
    def zone(self, zone_id, *countries, **values):
        locations = [{"country_code": code} for code in countries]
        return {
            "id": zone_id,
            "enabled": True,
            "shopper_target_settings": {"locations": locations},
            **values,
        }

    def rate(self, zone_id, *percents, name="VAT", **values):
        classes = [{"tax_class_id": n, "rate": p} for n, p in enumerate(percents)]
        return {"name": name, "tax_zone_id": zone_id, "class_rates": classes, **values}

    def test_each_zone_and_class_has_its_rate(self):
        rows = store_rates(
            [self.zone(1), self.zone(2, "NL", "BE")],
            [self.rate(1, 20, 0), self.rate(2, 21, 9)],
        )
        self.assertEqual(
            rows,
            [
                {"rate": "20", "countries": [], "is_divided": False},
                {"rate": "21", "countries": ["BE", "NL"], "is_divided": False},
                {"rate": "9", "countries": ["BE", "NL"], "is_divided": False},
            ],
        )

    def test_jurisdictions_of_one_zone_are_taken_together(self):
        rows = store_rates(
            [self.zone(3, "US")],
            [self.rate(3, 6.25, name="State"), self.rate(3, 2, name="County")],
        )
        self.assertEqual(
            rows, [{"rate": "8.25", "countries": ["US"], "is_divided": True}]
        )

    def test_what_is_switched_off_counts_for_nothing(self):
        zones = [self.zone(1), self.zone(2, enabled=False)]
        rates = [self.rate(2, 20), self.rate(1, 19, enabled=False), self.rate(1, 5)]
        self.assertEqual([row["rate"] for row in store_rates(zones, rates)], ["5"])
