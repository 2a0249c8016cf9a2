import logging

from ...client import (
    ApiError,
    Client,
    Conflict,
    Forbidden,
    Invalid,
    NoAnswer,
    NotFound,
    OutcomeUnknown,
    RateLimited,
    Refused,
    StoreUnavailable,
    TooLarge,
    Unauthorized,
    UnreadableAnswer,
)
from .client_case import ClientCase
from .scripted_server import TOKEN

LIMITED = {"X-Rate-Limit-Time-Reset-Ms": "3000", "X-Retry-After": "7"}


class TestErrors(ClientCase):
    def test_each_status_is_an_error_of_its_own(self):
        for status, kind in (
            (400, Refused),
            (401, Unauthorized),
            (403, Forbidden),
            (404, NotFound),
            (409, Conflict),
            (413, TooLarge),
            (422, Invalid),
        ):
            self.server.answer([{"status": status, "message": "No such thing"}], status)
            with self.assertRaises(kind) as raised:
                self.client.order(7)
            self.assertIn("No such thing", str(raised.exception))
            self.assertEqual(raised.exception.status, status)

    def test_v3_errors_tell_title_and_fields(self):
        self.server.answer(
            {"status": 422, "title": "Invalid", "errors": {"sku": "is taken"}}, 422
        )
        with self.assertRaises(Invalid) as raised:
            self.client.set_inventory([{"sku": "A"}], "why")
        self.assertIn("Invalid; sku: is taken", str(raised.exception))
        self.assertEqual(raised.exception.details, {"sku": "is taken"})

    def test_the_errors_of_a_batch_are_kept(self):
        self.server.answer({"batch_errors": ["row 2 is wrong"]}, 422)
        with self.assertRaises(Invalid) as raised:
            self.client.update_products([{"id": 1}])
        self.assertEqual(raised.exception.batch_errors, ["row 2 is wrong"])
        self.assertIn("row 2 is wrong", str(raised.exception))

    def test_a_redirect_is_not_followed_with_the_token(self):
        self.server.answer(b"", 301, {"Location": "http://127.0.0.1:1/"}, raw=b"")
        with self.assertRaises(Refused):
            self.client.store()

    def test_the_token_is_in_no_error_and_no_log(self):
        self.server.answer(drop=True).answer({"message": "no"}, 401)
        with self.assertLogs(
            Client.__module__.rpartition(".")[0], logging.DEBUG
        ) as logs:
            with self.assertRaises(ApiError) as raised:
                self.client.store()
        texts = [*logs.output, repr(raised.exception), repr(self.client)]
        cause = raised.exception
        while cause := cause.__cause__:
            texts.append(repr(cause))
        self.assertNotIn(TOKEN, " ".join(texts))


class TestRetries(ClientCase):
    def test_a_limited_request_waits_as_long_as_the_longer_header_says(self):
        self.server.answer({}, 429, LIMITED).answer({"name": "Shop"})
        self.client.store()
        self.assertEqual(len(self.waits), 1)
        self.assertGreaterEqual(self.waits[0], 7)
        self.assertLess(self.waits[0], 8)

    def test_a_limited_post_is_repeated_for_nothing_was_done(self):
        self.server.answer({}, 429, LIMITED).answer({"id": 1}, 201)
        self.client.create_shipment(7, {"items": []})
        self.assertEqual(len(self.asked), 2)

    def test_without_headers_the_waits_grow(self):
        for _try in range(4):
            self.server.answer([], 429)
        with self.assertRaises(RateLimited):
            self.client.store()
        self.assertEqual(self.waits, sorted(self.waits))
        self.assertGreater(self.waits[-1], 2 * self.waits[0])

    def test_a_wait_that_is_too_long_is_left_to_the_caller(self):
        self.server.answer({}, 429, {"X-Retry-After": "600"})
        with self.assertRaises(RateLimited) as raised:
            self.client.store()
        self.assertEqual(raised.exception.delay, 600)
        self.assertFalse(self.waits)

    def test_reads_are_repeated_after_passing_troubles(self):
        self.server.answer({}, 503).answer(drop=True).answer(raw=b"<html>")
        self.server.answer({"name": "Shop"})
        self.assertEqual(self.client.store(), {"name": "Shop"})
        self.assertEqual(self.client.calls, 4)

    def test_a_lasting_trouble_is_named(self):
        for answer, kind in (
            ({"status": 503}, StoreUnavailable),
            ({"drop": True}, NoAnswer),
            ({"raw": b"<html>busy</html>"}, UnreadableAnswer),
            ({"raw": b'{"name": "Sh'}, UnreadableAnswer),
        ):
            for _try in range(4):
                self.server.answer(**answer)
            with self.assertRaises(kind):
                self.client.store()

    def test_writes_are_not_repeated(self):
        self.server.answer({}, 503)
        with self.assertRaises(StoreUnavailable):
            self.client.set_inventory([{"sku": "A"}], "why")
        self.assertEqual(len(self.asked), 1)

    def test_a_post_without_a_readable_answer_has_an_unknown_outcome(self):
        for answer in ({"drop": True}, {"status": 500}, {"raw": b'{"id": '}):
            self.server.answer(**answer)
            with self.assertRaises(OutcomeUnknown):
                self.client.create_shipment(7, {"items": []})
        self.assertEqual(len(self.asked), 3)

    def test_a_post_that_never_left_is_no_unknown_outcome(self):
        client = Client("http://127.0.0.1:1/stores/abc/v3/", TOKEN, sleep=print)
        with self.assertRaises(NoAnswer):
            client.create_shipment(7, {"items": []})

    def test_the_last_requests_of_the_quota_are_left_to_others(self):
        nearly = {
            "X-Rate-Limit-Requests-Left": "5",
            "X-Rate-Limit-Requests-Quota": "150",
            "X-Rate-Limit-Time-Reset-Ms": "4000",
        }
        plenty = {**nearly, "X-Rate-Limit-Requests-Left": "100"}
        self.server.answer({}, headers=plenty).answer({}, headers=nearly).answer({})
        for _call in range(3):
            self.client.store()
        self.assertEqual(self.waits, [4.0])

    def test_a_long_wait_for_the_quota_is_for_a_later_run(self):
        used_up = {
            "X-Rate-Limit-Requests-Left": "5",
            "X-Rate-Limit-Requests-Quota": "150",
            "X-Rate-Limit-Time-Reset-Ms": "25000",
        }
        self.server.answer({}, headers=used_up).answer({})
        self.client.store()
        with self.assertRaises(RateLimited) as caught:
            self.client.store()
        self.assertEqual(caught.exception.delay, 25.0)
        self.assertEqual((self.waits, len(self.asked)), ([], 1))
        self.client.store()
        self.assertEqual(len(self.asked), 2, "later it goes on")

    def test_where_others_wait_nothing_is_waited_for(self):
        impatient = Client(
            self.server.api_path, TOKEN, sleep=self.waits.append, quota_wait=0
        )
        used_up = {
            "X-Rate-Limit-Requests-Left": "0",
            "X-Rate-Limit-Requests-Quota": "150",
            "X-Rate-Limit-Time-Reset-Ms": "800",
        }
        self.server.answer({}, headers=used_up).answer([], 429, headers=used_up)
        impatient.store()
        for _call in range(2):
            with self.assertRaises(RateLimited):
                impatient.store()
        self.assertEqual((self.waits, len(self.asked)), ([], 2))

    def test_a_refusal_for_the_quota_is_waited_for_once(self):
        used_up = {
            "X-Rate-Limit-Requests-Left": "0",
            "X-Rate-Limit-Requests-Quota": "150",
            "X-Rate-Limit-Time-Reset-Ms": "6000",
        }
        self.server.answer([], 429, headers=used_up).answer({})
        self.client.store()
        self.assertEqual(len(self.waits), 1)
        self.assertGreaterEqual(self.waits[0], 6)
