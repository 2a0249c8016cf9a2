import os
from decimal import Decimal

from hypothesis import given, settings

from odoo.tests import BaseCase

from ...client import parse_order, parse_tax_lines
from ...rules.charges import charge_consignments, unknown_taxes
from ...rules.rates import whole_levy
from ..orders.order_payloads import CURRENCIES, RATES, orders

# ORDER_EXAMPLES=10000 sweeps over many.
EXAMPLES = int(os.environ.get("ORDER_EXAMPLES", "200"))
LEVIES = [whole_levy(rate) for rate in RATES if rate]
KINDS = {"item": "product", "gift-wrapping": "wrapping"}


def charged(payload, tax_lines=None, levies=LEVIES):
    """Return (the parts of an order, all charges in them)."""
    document = parse_order(payload)
    result = charge_consignments(
        document, CURRENCIES[document.currency_code], [levies], tax_lines
    )
    return result, [charge for part in result for charge in part.charges]


class TestCharges(BaseCase):
    """What was charged, of orders that are rounded in all the ways that stores have."""

    @settings(max_examples=EXAMPLES)
    @given(orders())
    def test_the_charges_come_to_the_stores_amounts(self, payload):
        _result, charges = charged(payload)
        gross = sum(charge.gross for charge in charges)
        self.assertEqual(gross, Decimal(payload["total_inc_tax"]))
        gap = Decimal(payload["total_tax"]) - sum(charge.tax for charge in charges)
        cent = Decimal(1).scaleb(-CURRENCIES[payload["default_currency_code"]])
        self.assertLessEqual(abs(gap), len(charges) * cent)
        for charge in charges:
            # Odoo would take the amount without tax for what was charged
            self.assertTrue(charge.levy.rate or not charge.tax, charge)

    @settings(max_examples=EXAMPLES)
    @given(orders())
    def test_the_orders_tax_lines_decide(self, payload):
        result, charges = charged(payload, parse_tax_lines(payload["_taxes"]))
        fees = [charge for charge in unknown_taxes(result) if charge.kind != "fee"]
        self.assertFalse(fees)
        stated = {
            (KINDS.get(row["line_item_type"], row["line_item_type"]), row_id): rate
            for row in payload["_taxes"]
            for row_id in [row["order_product_id"] or str(row["order_address_id"])]
            for rate in [Decimal(row["rate"])]
        }
        for charge in charges:
            line_id = charge.line.id if charge.line else charge.address_id
            rate = stated.get((charge.kind, str(line_id)))
            if rate is not None and charge.tax and charge.gross:
                self.assertEqual(charge.levy.rate, rate, charge)

    @settings(max_examples=EXAMPLES)
    @given(orders())
    def test_what_is_decided_without_them_explains_the_amounts(self, payload):
        """A rate that was not charged is taken only where no cent tells it apart."""
        rates = {whole_levy(rate).rate for rate in payload["_rates"]}
        _result, charges = charged(payload)
        for charge in charges:
            if charge.kind == "discount" or not charge.levy.parts:
                continue
            if charge.levy.rate not in rates:
                step = Decimal(1).scaleb(-CURRENCIES[payload["default_currency_code"]])
                off = abs(charge.net * (1 + charge.levy.rate / 100) - charge.gross)
                self.assertLessEqual(off, 2 * max(charge.quantity, 1) * step)

    @settings(max_examples=EXAMPLES)
    @given(orders())
    def test_a_rate_that_nobody_set_is_never_made_up(self, payload):
        result, charges = charged(payload, [], levies=[])
        taxed = [c for c in charges if c.levy.rate and c.kind != "discount"]
        for charge in taxed:
            self.assertIn(charge, unknown_taxes(result))
