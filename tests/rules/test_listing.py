from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import BaseCase

from ...rules.listing import LARGEST_QUANTITY, listed_quantity

UNITS = st.floats(-1e6, 1e12, allow_nan=False)
LIMIT = st.integers(0, 10_000)
PERCENT = st.floats(0, 100)


def listed(available, end_quantity=0, percentage=100, maximum=0):
    return listed_quantity(
        available, end_quantity=end_quantity, percentage=percentage, maximum=maximum
    )


class TestListedQuantity(BaseCase):
    def test_without_limits_all_whole_units_are_listed(self):
        self.assertEqual(listed(7), 7)
        self.assertEqual(listed(7.9), 7)
        self.assertEqual(listed(0), 0)
        self.assertEqual(listed(-3), 0)

    def test_a_sum_of_floats_is_no_unit_short(self):
        self.assertEqual(listed(0.1 + 0.2 + 2.7), 3)
        self.assertEqual(listed(2.9999999999), 3)

    def test_the_end_is_reached_at_the_end_quantity(self):
        self.assertEqual(listed(5, end_quantity=5), 0)
        self.assertEqual(listed(6, end_quantity=5), 6)

    def test_a_percentage_is_rounded_down(self):
        self.assertEqual(listed(9, percentage=50), 4)
        self.assertEqual(listed(100, percentage=33.3), 33)
        self.assertEqual(listed(100, percentage=0), 0)

    def test_the_maximum_comes_last(self):
        self.assertEqual(listed(100, percentage=50, maximum=20), 20)
        self.assertEqual(listed(30, percentage=50, maximum=20), 15)

    def test_the_apis_largest_number_is_never_passed(self):
        self.assertEqual(listed(1e12), LARGEST_QUANTITY)

    @given(UNITS, LIMIT, PERCENT, LIMIT)
    def test_no_rule_lists_more_than_there_is(self, units, end, percentage, maximum):
        quantity = listed(units, end, percentage, maximum)
        self.assertGreaterEqual(quantity, 0)
        self.assertLessEqual(quantity, max(units + 1e-6, 0))
        if maximum:
            self.assertLessEqual(quantity, maximum)
        if units <= end:
            self.assertEqual(quantity, 0)

    @given(UNITS, UNITS, LIMIT, PERCENT, LIMIT)
    def test_more_stock_never_lists_less(self, one, other, end, percentage, maximum):
        few, many = sorted((one, other))
        rules = end, percentage, maximum
        self.assertLessEqual(listed(few, *rules), listed(many, *rules))
