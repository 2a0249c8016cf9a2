import json
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import BaseCase
from odoo.tools import mute_logger

from ...client import (
    InvalidDocument,
    NoAnswer,
    Refused,
    UnreadableAnswer,
    parse_order,
    readable_id,
)
from ...client.images import LARGEST_IMAGE, fetch_image
from ...client.payloads import read_json, storable
from ..orders.order_payloads import HEADER
from .client_case import ClientCase

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)
USED_UP = {
    "X-Rate-Limit-Requests-Left": "0",
    "X-Rate-Limit-Requests-Quota": "150",
}
FIELDS = sorted({*HEADER, "fees", "consignments", "total_inc_tax", "items_total"})


class TestPayloads(BaseCase):
    """Whatever a store sends is read, or refused by naming the field."""

    def test_what_no_text_may_hold_is_taken_out(self):
        found = read_json('{"a\\u0000": ["x\\ud800y", {"b": "\\u0000"}]}')
        self.assertEqual(found, {"a": ["xy", {"b": ""}]})

    def test_numbers_that_are_none_become_texts(self):
        found = read_json("[NaN, Infinity, -Infinity, 1e999, 1.5]")
        self.assertEqual(found, ["NaN", "Infinity", "-Infinity", "1e999", 1.5])

    def test_an_ordinary_payload_is_left_alone(self):
        payload = {"name": "Zoë ☕", "price": 1.5, "lines": [None, True]}
        self.assertIs(storable(payload), payload)

    def test_ids(self):
        for good, number in ((7, 7), ("7", 7), (2**31 - 1, 2**31 - 1)):
            self.assertEqual(readable_id(good), number)
        for bad in (None, True, 0, -1, 1.5, "", "x", "²", 2**31, [7], {}):
            self.assertIsNone(readable_id(bad), bad)

    @given(JSON)
    def test_everything_can_be_stored(self, value):
        text = json.dumps(storable(value), ensure_ascii=False, allow_nan=False)
        self.assertNotIn("\x00", text)
        text.encode()

    @given(st.dictionaries(st.sampled_from(FIELDS), JSON, max_size=4))
    def test_an_order_is_read_or_the_field_is_named(self, odd):
        payload = {**HEADER, "total_inc_tax": "1.0000", **odd}
        try:
            parse_order(payload)
        except InvalidDocument as error:
            self.assertTrue(str(error))

    def test_html_entities_are_decoded_once(self):
        address = {**HEADER["billing_address"], "last_name": "O&#39;Neill &amp;amp; Co"}
        order = parse_order(
            {**HEADER, "total_inc_tax": "5", "billing_address": address}
        )
        self.assertEqual(order.billing_address.last_name, "O'Neill &amp; Co")

    def test_an_order_without_a_total_is_not_one_of_nothing(self):
        with self.assertRaisesRegex(InvalidDocument, "no total"):
            parse_order(HEADER)
        order = parse_order({**HEADER, "total_inc_tax": "0.0000"})
        self.assertEqual(order.total_inc_tax, Decimal(0))


class TestLists(ClientCase):
    def test_a_list_is_read_until_the_store_has_no_more(self):
        """A server may give fewer rows than were asked for."""
        self.server.answer([{"id": 3}]).answer([{"id": 8}]).answer(status=204)
        pages = list(self.client.order_pages(page_size=100))
        self.assertEqual(pages, [[{"id": 3}], [{"id": 8}]])

    def test_a_v2_list_goes_on_where_the_server_gives_less_than_asked_for(self):
        rows = [{"id": number} for number in range(1, 61)]
        self.server.answer(rows[:50]).answer(rows[50:])
        self.assertEqual(self.client.shipments(7), rows)

    def test_pages_are_counted_where_the_store_does_not(self):
        self.server.answer({"data": [{"id": 1}]}).answer({"data": []})
        self.assertEqual(list(self.client.products()), [{"id": 1}])

    def test_a_list_that_is_none_is_no_empty_one(self):
        for _try in range(4):
            self.server.answer({"error": "?"})
        with self.assertRaises(UnreadableAnswer):
            list(self.client.order_pages())

    @mute_logger("odoo.addons.connector_bigcommerce.client.paging")
    def test_what_has_no_readable_id_is_set_aside(self):
        rows = [
            {"id": 1},
            {"id": "2"},
            {"id": None},
            None,
            {"name": "x"},
            {"id": 2**40},
        ]
        self.server.answer({"data": rows, "meta": {"pagination": {"total_pages": 1}}})
        self.assertEqual(list(self.client.products()), [{"id": 1}, {"id": 2}])

    def test_only_204_says_that_there_is_nothing(self):
        """A body that is missing was cut off: no order is lost for it, no link."""
        for raw in (b"", b"null", b"{}", b'{"data": null}', b'{"data": {}}'):
            for read in (
                lambda: list(self.client.order_pages()),
                lambda: list(self.client.products()),
                lambda: list(self.client.variants()),
                lambda: self.client.shipments(7),
            ):
                with self.subTest(raw), self.assertRaises(UnreadableAnswer):
                    for _try in range(4):
                        self.server.answer(raw=raw)
                    read()
                self.server.forget()

    def test_a_list_that_never_ends_is_noticed(self):
        page = {"data": [{"id": 1}], "meta": {"pagination": {"total_pages": 10**9}}}
        self.server.answer(page).answer(page)
        with self.assertRaisesRegex(UnreadableAnswer, "ignores page"):
            list(self.client.products())

    def test_an_answer_that_is_cut_off_is_asked_for_again(self):
        self.server.answer(raw=b'{"data": [', cut=50)
        self.server.answer([{"id": 3}]).answer(status=204)
        self.assertEqual(list(self.client.order_pages()), [[{"id": 3}]])

    def test_waits_that_nobody_can_mean_are_not_waited_for(self):
        for wait in ("1e30", "inf", "nan", "-5"):
            headers = {"X-Rate-Limit-Time-Reset-Ms": wait, "X-Retry-After": wait}
            self.server.answer({}, 429, headers)
            self.server.answer({"id": 7}, headers={**headers, **USED_UP})
            self.assertEqual(self.client.order(7), {"id": 7})
        self.assertLess(sum(self.waits), 60)

    def test_numbers_and_depths_that_no_store_has(self):
        self.assertEqual(read_json(f"[{'9' * 5000}]"), ["9" * 5000])
        with self.assertRaises(ValueError):
            read_json("[" * 100_000 + "]" * 100_000)
        self.assertIsNone(readable_id("9" * 5000))
        with self.assertRaises(InvalidDocument):
            parse_order({**HEADER, "total_inc_tax": "5", "items_total": "1e1000005"})


class TestImages(ClientCase):
    def image(self, url="mug.png"):
        return fetch_image(f"{self.server.api_path}{url}", 1)

    def test_pictures_are_read_and_nothing_else(self):
        png = {"Content-Type": "image/png"}
        self.server.answer(raw=b"PNG", headers=png)
        self.assertEqual(self.image(), b"PNG")
        for kind in ("text/html", "image/svg+xml", "image/x-anything", ""):
            self.server.answer(raw=b"<svg/>", headers={"Content-Type": kind})
            with self.assertRaisesRegex(Refused, "no image"):
                self.image()
        self.server.answer(raw=b"x" * (LARGEST_IMAGE + 1), headers=png)
        with self.assertRaisesRegex(Refused, "too large"):
            self.image()
        self.server.answer(raw=b"PNG", headers=png, cut=50)
        with self.assertRaises(NoAnswer):
            self.image()

    def test_a_picture_that_trickles_is_not_waited_for(self):
        self.server.answer(
            raw=b"x" * 40, headers={"Content-Type": "image/png"}, drip=0.1
        )
        with self.assertRaisesRegex(NoAnswer, "in time"):
            self.image()

    def test_a_host_of_the_network_behind_odoo_is_not_asked(self):
        for host in ("10.0.0.5", "192.168.1.1", "169.254.169.254", "172.16.0.9"):
            with self.assertRaisesRegex(Refused, "public"):
                fetch_image(f"https://{host}/mug.png", 1)
