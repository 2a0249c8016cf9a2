from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import BaseCase

from ...rules.refunds import Sold, refund_parts

TWENTY, FIVE = {"20 %": Decimal(20)}, {"5 %": Decimal(5)}
COAT, BOOK, MAP = 1, 2, 3
# Paid for a unit with tax, and the tax that it bears.
ORDER = {
    COAT: Sold(Decimal(120), TWENTY),
    BOOK: Sold(Decimal(21), FIVE),
    MAP: Sold(Decimal(10)),
}
RATES = {"20 %": (Decimal(20), Decimal(40)), "5 %": (Decimal(5), Decimal(2))}


def get_sold(kind, item_id, _amount):
    if kind == "SHIPPING":
        return Sold(Decimal(12), TWENTY)
    return ORDER.get(item_id, Sold()) if kind == "PRODUCT" else Sold()


def item(item_id, quantity=1, amount=None, **values):
    return {
        "item_type": "PRODUCT",
        "item_id": item_id,
        "quantity": quantity,
        "requested_amount": amount,
        **values,
    }


def parts_of(total, tax, *items):
    refund = {"items": list(items), "total_amount": total, "total_tax": tax}
    return refund_parts(refund, get_sold, RATES, 2)


def shown(parts):
    """Return (what, units, net, {tax: amount}) of each part."""
    return [
        (part.item_id or part.kind, part.quantity, float(part.net), floats(part.taxes))
        for part in parts
    ]


def floats(taxes):
    return {tax: float(amount) for tax, amount in taxes.items() if amount}


class TestRefundParts(BaseCase):
    def test_units_without_an_amount_bear_what_was_paid_for_them(self):
        parts = parts_of(21, 1, item(BOOK))
        self.assertEqual(shown(parts), [(BOOK, 1, 20.0, {"5 %": 1.0})])

    def test_each_rate_has_its_own_base(self):
        parts = parts_of(162, 22, item(BOOK, 2), item(COAT))
        self.assertEqual(
            shown(parts),
            [(BOOK, 2, 40.0, {"5 %": 2.0}), (COAT, 1, 100.0, {"20 %": 20.0})],
        )

    def test_a_deduction_bears_the_tax_of_its_item_whatever_its_sign(self):
        for amount in (12, -12):
            deduction = {"amount": amount, "description": "Restocking"}
            parts = parts_of(108, 18, item(COAT, 1, 120, adjustments=[deduction]))
            with self.subTest(amount=amount):
                self.assertEqual(sum(part.net for part in parts), 90)
                self.assertEqual(sum(part.taxes["20 %"] for part in parts), 18)
                self.assertEqual(parts[1].text, "Restocking")

    def test_shipping_bears_the_tax_of_shipping(self):
        shipping = {"item_type": "SHIPPING", "item_id": 77, "requested_amount": 12}
        parts = parts_of(12, 2, shipping)
        self.assertEqual(shown(parts), [(77, 1, 10.0, {"20 %": 2.0})])

    def test_an_amount_of_no_item_bears_no_tax_when_the_store_says_so(self):
        self.assertEqual(shown(parts_of(10, 0)), [("", 1, 10.0, {})])
        self.assertEqual(shown(parts_of(120, 0, item(COAT))), [(COAT, 1, 120.0, {})])

    def test_tax_of_no_item_has_the_bases_it_is_of(self):
        parts = parts_of(141, 21)
        self.assertEqual(
            shown(parts),
            [
                ("", 1, 100.0, {"20 %": 20.0}),
                ("", 1, 20.0, {"5 %": 1.0}),
            ],
        )

    def test_tax_alone_has_no_base(self):
        parts = parts_of(21, 21)
        self.assertEqual(sum(part.net for part in parts), 0)
        self.assertEqual(sum(part.tax for part in parts), 21)

    @given(
        st.lists(
            st.tuples(
                st.sampled_from(list(ORDER)),
                st.integers(1, 5),
                st.none() | st.integers(1, 50_000).map(lambda n: n / 100),
            ),
            max_size=4,
        ),
        st.integers(1, 100_000),
        st.integers(0, 100),
    )
    def test_together_they_are_the_refund(self, items, cents, percent):
        total, tax = Decimal(cents) / 100, round(Decimal(cents * percent) / 10_000, 2)
        parts = parts_of(total, tax, *(item(*row) for row in items))
        self.assertEqual(sum(part.gross for part in parts), total)
        self.assertEqual(sum(part.tax for part in parts), tax)
