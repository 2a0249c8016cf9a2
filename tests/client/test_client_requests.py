from datetime import datetime, timedelta, timezone
from urllib.parse import parse_qs, urlsplit

from ...client import Client, InvalidApiPath, UnreadableAnswer
from .client_case import ClientCase
from .scripted_server import TOKEN


class TestRequests(ClientCase):
    def test_a_request_carries_the_token_and_asks_for_json(self):
        self.server.answer({"name": "Shop"})
        self.assertEqual(self.client.store(), {"name": "Shop"})
        (request,) = self.asked
        self.assertEqual(request["path"], "/stores/abc123/v2/store")
        self.assertEqual(request["headers"]["X-Auth-Token"], TOKEN)
        self.assertEqual(request["headers"]["Accept"], "application/json")
        self.assertIn("connector_bigcommerce", request["headers"]["User-Agent"])
        self.assertEqual(self.client.calls, 1)
        self.assertIsNotNone(self.client.server_time.tzinfo)

    def test_a_legacy_account_uses_its_user_name(self):
        path = self.server.api_path.replace("/stores/abc123/v3/", "/api/v2/")
        client = Client(path, TOKEN, username="odoo", auth_method="legacy")
        self.server.answer([])
        client.order_statuses()
        (request,) = self.asked
        self.assertEqual(request["path"], "/api/v2/order_statuses")
        self.assertTrue(request["headers"]["Authorization"].startswith("Basic "))
        self.assertNotIn("X-Auth-Token", request["headers"])

    def test_the_api_path_is_taken_as_bigcommerce_shows_it(self):
        for path in (
            "https://api.bigcommerce.com/stores/abc123/v3/",
            " https://api.bigcommerce.com/stores/abc123/v2 ",
            "https://api.bigcommerce.com/stores/abc123",
        ):
            self.assertEqual(Client(path, TOKEN).store_hash, "abc123")

    def test_an_address_that_would_leak_the_token_is_refused(self):
        for path in (
            "",
            "api.bigcommerce.com/stores/abc123/v3/",
            "http://api.bigcommerce.com/stores/abc123/v3/",
            "http://127.0.0.1.example.com/stores/abc123/v3/",
            "https://user:pw@api.bigcommerce.com/stores/abc123/v3/",
            "https://api.bigcommerce.com/",
            "ftp://api.bigcommerce.com/stores/abc123/v3/",
        ):
            with self.assertRaises(InvalidApiPath, msg=path):
                Client(path, TOKEN)

    def test_nothing_is_an_empty_list(self):
        self.server.answer(status=204)
        self.assertEqual(self.client.shipments(7), [])

    def test_a_read_without_a_body_is_no_empty_list(self):
        for _try in range(4):
            self.server.answer(raw=b"")
        with self.assertRaises(UnreadableAnswer):
            self.client.shipments(7)

    def test_an_empty_id_never_becomes_a_path(self):
        for bad in (0, -1, None, "", "7", True):
            with self.assertRaises(ValueError):
                self.client.set_order_status(bad, 2)
        self.assertFalse(self.asked)

    def test_a_status_is_set_and_nothing_else(self):
        self.server.answer({"id": 7})
        self.client.set_order_status(7, 2)
        self.assertEqual(self.asked[0]["body"], {"status_id": 2})

    def test_batches_larger_than_the_api_takes_are_refused(self):
        for send, size in (
            (self.client.update_products, 11),
            (lambda rows: self.client.set_inventory(rows, "why"), 2001),
        ):
            with self.assertRaises(ValueError):
                send([{"id": 1}] * size)
        self.assertFalse(self.asked)

    def test_dates_are_sent_in_utc_and_encoded_once(self):
        self.server.answer(status=204)
        moment = datetime(2026, 3, 2, 10, 0, tzinfo=timezone(timedelta(hours=2)))
        self.assertEqual(list(self.client.order_pages(min_date_modified=moment)), [])
        query = parse_qs(urlsplit(self.asked[0]["path"]).query)
        self.assertEqual(
            query["min_date_modified"], ["Mon, 02 Mar 2026 08:00:00 +0000"]
        )
        self.assertEqual(query["consignment_structure"], ["object"])
        self.assertEqual(query["include"], ["consignments.line_items,fees"])

    def test_a_date_without_a_zone_is_refused(self):
        with self.assertRaises(ValueError):
            list(self.client.order_pages(min_date_modified=datetime(2026, 3, 2)))
