from copy import deepcopy

from odoo.tests import mute_logger, tagged

from ..common import BigCommerceCase
from .order_payloads import HEADER
from .taxes.tax_case import line, sent

# So many different characters do not fit into an index of PostgreSQL.
RARE = "".join(chr(0x4E00 + (number * 7919) % 20_000) for number in range(9000))
RECEIVE = "odoo.addons.connector_bigcommerce.models.orders.receive_orders"


def order(number, **fields):
    """Return an order of one untaxed mug, as its store lists it."""
    return {
        **deepcopy(HEADER),
        "id": number,
        "default_currency_code": "USD",
        "items_total": 1,
        "subtotal_ex_tax": "5.0000",
        "subtotal_inc_tax": "5.0000",
        "total_ex_tax": "5.0000",
        "total_inc_tax": "5.0000",
        "total_tax": "0.0000",
        "consignments": sent(line(number * 10, 1, "5.0000", "5.0000", "0.0000")),
        **fields,
    }


# What is wrong with an order, and whether it comes in all the same.
ODD = [
    ({"customer_message": "Leave\x00 it \ud800here"}, True),
    ({"billing_address": {**HEADER["billing_address"], "city": "Por\x00to"}}, True),
    ({"fees": None, "customer_message": None}, True),
    ({"status_id": "11"}, True),
    ({"total_inc_tax": "NaN"}, False),
    ({"total_inc_tax": float("inf")}, False),
    ({"total_inc_tax": "1e300"}, False),
    ({"total_inc_tax": None}, False),
    ({"items_total": "1.5"}, False),
    ({"items_total": "x"}, False),
    ({"items_total": "1e1000005"}, False),
    ({"payment_method": RARE}, True),
    ({"billing_address": {**HEADER["billing_address"], "company": RARE}}, True),
    ({"billing_address": {**HEADER["billing_address"], "street_1": RARE}}, True),
    ({"billing_address": {**HEADER["billing_address"], "last_name": RARE}}, True),
    ({"billing_address": {**HEADER["billing_address"], "email": f"{RARE}@x.y"}}, True),
    ({"consignments": [None, 3]}, False),
    ({"consignments": {"shipping": [None]}}, False),
    ({"consignments": None, "total_inc_tax": "0", "items_total": 0}, False),
    ({"date_created": "Mon, 99 Foo 2026"}, False),
    ({"date_modified": "0001-01-01T00:00:00+14:00"}, False),
    ({"customer_id": 2**40}, False),
    ({"billing_address": ["x"]}, False),
    ({"default_currency_code": {"a": 1}}, False),
]


@tagged("post_install", "-at_install")
class TestHostileOrders(BigCommerceCase):
    """One bad order is alone from the first byte: the others of its page arrive."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.add_product("Mug", "MUG", price="5.00", stock=1000)

    def receive(self, *payloads, notes=None):
        note = (notes if notes is not None else []).append
        rows = self.env["bigcommerce.order"]._receive(
            self.backend, list(payloads), note=note
        )
        rows._process()
        return rows

    def test_what_is_wrong_with_an_order_is_its_own(self):
        with mute_logger(RECEIVE):
            rows = self.receive(
                *(order(100 + n, **odd) for n, (odd, _ok) in enumerate(ODD)), order(99)
            )
        self.assertEqual(self.inbox(99).state, "imported")
        self.assertEqual(len(rows), len(ODD) + 1, "nothing is lost")
        for number, (odd, comes_in) in enumerate(ODD, 100):
            row = self.inbox(number)
            with self.subTest(odd=odd):
                self.assertEqual(
                    row.state, "imported" if comes_in else "held", row.error
                )
                self.assertEqual(bool(row.error), not comes_in)

    def test_an_order_without_a_readable_number_is_set_aside_with_a_reason(self):
        notes = []
        bad = [order(1) | {"id": odd} for odd in (None, "x", -3, 2**31, True, [7])]
        rows = self.receive(*bad, None, "x", order(98), notes=notes)
        self.assertEqual(rows.mapped("remote_id"), [98])
        self.assertEqual(len(notes), len(bad) + 2)

    def test_a_number_written_as_a_text_is_a_number(self):
        self.receive(order(1) | {"id": "97"})
        self.assertEqual(self.inbox(97).state, "imported")

    def test_an_order_that_comes_twice_on_a_page_is_one(self):
        rows = self.receive(order(96), order(96, staff_notes="later"))
        self.assertEqual(rows.staff_notes, "later")

    def test_what_the_database_refuses_stops_no_other(self):
        """Whatever was not thought of: rows are created one by one then."""
        model = self.env["bigcommerce.order"]
        values = [
            {
                "backend_id": self.backend.id,
                "remote_id": number,
                "payload": {},
                "payload_digest": "x",
                "customer_name": name,
            }
            for number, name in ((1, "Ana"), (2, "\x00"), (3, "Ben"))
        ]
        with mute_logger(RECEIVE, "odoo.sql_db"):
            rows = model._create_each(values)
        self.assertEqual(rows.mapped("state"), ["pending", "held", "pending"])
        self.assertIn("cannot be read", rows[1].error)

    def test_the_same_run_brings_the_others(self):
        good = self.shop.buy([("MUG", 1)])
        bad = self.shop.buy([("MUG", 1)])
        last = self.shop.buy([("MUG", 1)])
        self.shop.edit_order(bad, customer_message="\x00", total_tax="NaN")
        self.run_cron("cron_import_orders")
        self.assertEqual(self.inbox(good).state, "imported")
        self.assertEqual(self.inbox(bad).state, "held")
        self.assertEqual(self.inbox(last).state, "imported")

    def test_a_line_without_a_type_is_goods(self):
        goods = line(30, 3, "15.0000", "15.0000", "0.0000", ("5.00", "5.00"))
        del goods["type"]
        amounts = dict.fromkeys(
            ("subtotal_ex_tax", "subtotal_inc_tax", "total_ex_tax", "total_inc_tax"),
            "15.0000",
        )
        self.receive(order(3, items_total=3, consignments=sent(goods), **amounts))
        sale = self.inbox(3).sale_order_ids
        self.assertEqual(sum(sale.picking_ids.move_ids.mapped("product_uom_qty")), 3)
        self.assertEqual(sale.order_line.qty_delivered, 0)
