from copy import deepcopy
from datetime import datetime, timezone
from decimal import Decimal
from email.utils import format_datetime

from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import BaseCase

from ...client import InvalidDocument, lines_are_missing, parse_moment, parse_order
from .client_case import ClientCase

LINE = {
    "id": 901,
    "order_id": 2045,
    "product_id": 77,
    "variant_id": 130,
    "order_address_id": 310,
    "sku": " TSH-BLU-M ",
    "name": "T-shirt",
    "type": "physical",
    "quantity": 2,
    "quantity_shipped": 0,
    "price_ex_tax": "20.0000",
    "price_inc_tax": "24.0000",
    "total_ex_tax": "40.0000",
    "total_inc_tax": "48.0000",
    "total_tax": "7.2000",
    "discounted_total_inc_tax": "43.2000",
    "applied_discounts": [
        {"id": "coupon", "amount": "4.8000", "name": "10% off", "code": "SAVE10"}
    ],
    "product_options": [{"display_name": "Size", "display_value": "M"}],
}
SHIPPING = {
    "id": 310,
    "first_name": "Ana",
    "last_name": "Silva",
    "country_iso2": "PT",
    "shipping_method": "Flat Rate",
    "cost_ex_tax": 5,
    "cost_inc_tax": 6,
    "line_items": [LINE],
}
ORDER = {
    "id": 2045,
    "customer_id": 0,
    "date_created": "Mon, 02 Mar 2026 09:15:04 +0000",
    "date_modified": "Mon, 02 Mar 2026 09:15:31 +0000",
    "date_shipped": "",
    "status_id": 11,
    "total_inc_tax": "49.2000",
    "is_tax_inclusive_pricing": False,
    "default_currency_code": "EUR",
    "currency_code": "USD",
    "items_total": 2,
    "store_credit_amount": "9.2000",
    "billing_address": {"first_name": "Ana", "last_name": "Silva"},
    "fees": [],
    "consignments": {"pickups": [], "downloads": [], "shipping": [SHIPPING]},
}


def order(**changes):
    return {**deepcopy(ORDER), **changes}


class TestParseOrder(BaseCase):
    def test_money_is_exact_and_dates_are_aware(self):
        document = parse_order(ORDER)
        self.assertEqual(document.total_inc_tax, Decimal("49.2"))
        self.assertEqual(
            document.date_created, datetime(2026, 3, 2, 9, 15, 4, tzinfo=timezone.utc)
        )
        self.assertIsNone(document.date_shipped)
        self.assertEqual(document.currency_code, "EUR", "what the shopper paid in")
        self.assertEqual(document.amount_due, Decimal(40))

    def test_lines_addresses_and_discounts_are_read(self):
        document = parse_order(ORDER)
        (line,) = document.lines
        self.assertEqual(
            (line.sku, line.quantity, line.variant_id), ("TSH-BLU-M", 2, 130)
        )
        self.assertEqual(line.discounts[0].code, "SAVE10")
        self.assertEqual((line.options[0].name, line.options[0].value), ("Size", "M"))
        (consignment,) = document.shipping_consignments
        self.assertEqual(consignment.cost_inc_tax, 6)
        self.assertEqual(consignment.address.name, "Ana Silva")

    def test_all_ways_to_say_nothing_are_the_same(self):
        for nothing in (None, "", [], {}):
            document = parse_order(
                order(fees=nothing, billing_address=nothing, consignments=nothing)
            )
            self.assertEqual(document.lines, ())
            self.assertEqual(document.billing_address.email, "")
        self.assertEqual(parse_order({"id": 1, "total_inc_tax": 0}).total_inc_tax, 0)

    def test_the_legacy_shape_of_consignments_is_read_too(self):
        document = parse_order(order(consignments=[ORDER["consignments"]]))
        self.assertEqual(len(document.lines), 1)

    def test_what_cannot_be_read_is_named(self):
        for field, value in (
            ("id", ""),
            ("total_inc_tax", "a lot"),
            ("total_inc_tax", "NaN"),
            ("date_created", "yesterday"),
            ("items_total", "2.5"),
            ("billing_address", "Ana"),
        ):
            with self.assertRaises(InvalidDocument) as raised:
                parse_order(order(**{field: value}))
            self.assertIn(field, str(raised.exception))

    @given(st.decimals(-(10**9), 10**9, places=4))
    def test_any_amount_comes_over_exactly(self, amount):
        for written in (f"{amount:.4f}", str(amount.normalize())):
            document = parse_order(order(total_inc_tax=written))
            self.assertEqual(document.total_inc_tax, amount)

    @given(st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1)))
    def test_any_moment_is_read_in_both_ways_of_writing(self, moment):
        moment = moment.replace(microsecond=0, tzinfo=timezone.utc)
        self.assertEqual(parse_moment(format_datetime(moment)), moment)
        self.assertEqual(parse_moment(moment.isoformat()), moment)


class TestMissingLines(ClientCase):
    def test_a_whole_order_costs_no_call(self):
        self.assertFalse(lines_are_missing(ORDER))
        self.assertEqual(self.client.complete_order(ORDER), ORDER)
        self.assertFalse(self.asked)

    def test_lines_that_were_left_out_are_noticed(self):
        for change in (
            {"consignments": {"url": "https://x", "resource": "/x"}},
            {"consignments": {"shipping": [{**SHIPPING, "line_items": []}]}},
            {"consignments": {"shipping": [{**SHIPPING, "__warning__": "50 shown"}]}},
            {"items_total": 3},
        ):
            self.assertTrue(lines_are_missing(order(**change)), change)

    def test_missing_lines_are_read_by_themselves(self):
        address = {k: v for k, v in SHIPPING.items() if k != "line_items"}
        self.server.answer([LINE]).answer([address])
        short = order(consignments={"shipping": [{**address, "line_items": []}]})
        whole = self.client.complete_order(short)
        self.assertFalse(lines_are_missing(whole))
        self.assertEqual(parse_order(whole).lines, parse_order(ORDER).lines)
        self.assertEqual(
            [request["path"].split("?")[0] for request in self.asked],
            [
                "/stores/abc123/v2/orders/2045/products",
                "/stores/abc123/v2/orders/2045/shipping_addresses",
            ],
        )
