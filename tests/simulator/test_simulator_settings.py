from .. import openapi
from .simulator_case import SimulatorCase


class TestSettings(SimulatorCase):
    def test_every_setting_is_answered_as_the_specs_say(self):
        for path in (
            "/v2/store",
            "/v2/time",
            "/v2/order_statuses",
            "/v2/currencies",
            "/v2/shipping/zones",
            "/v2/shipping/zones/1/methods",
            "/v2/payments/methods",
            "/v3/inventory/locations",
            "/v3/channels",
            "/v3/hooks",
        ):
            self.get(path)
        if openapi.folder():
            self.assertEqual(self.specs.checked, 10)

    def test_a_wrong_token_is_refused(self):
        self.session.headers["X-Auth-Token"] = "wrong"
        (error,) = self.call("GET", "/v2/store", status=401)
        self.assertEqual(error["status"], 401)
        error = self.call("GET", "/v3/catalog/products", status=401)
        self.assertEqual(error["title"], "Unauthorized")

    def test_what_does_not_exist_is_not_found(self):
        self.call("GET", "/v2/orders/7", status=404)
        self.call("GET", "/v2/nonsense", status=404)

    def test_a_body_that_cannot_be_read_is_refused(self):
        url = f"{self.sim.url}/stores/demo/v3/hooks"
        answer = self.session.post(url, data="{", timeout=10)
        self.assertEqual(answer.status_code, 400)
        self.assertEqual(self.sim.calls[-1].body, "{")


class TestQuota(SimulatorCase):
    options = {"quota": 3, "window_ms": 60_000}

    def test_the_quota_is_told_and_kept(self):
        url = f"{self.sim.url}/stores/demo/v2/time"
        answers = [self.session.get(url, timeout=10) for _call in range(4)]
        left = [a.headers["X-Rate-Limit-Requests-Left"] for a in answers]
        self.assertEqual(left, ["2", "1", "0", "0"])
        self.assertEqual([a.status_code for a in answers], [200, 200, 200, 429])
        self.assertGreater(int(answers[-1].headers["X-Retry-After"]), 0)


class TestFaults(SimulatorCase):
    def test_each_fault_hits_once(self):
        url = f"{self.sim.url}/stores/demo/v2/time"
        for kind, options, seen in (
            ("server_error", {"status": 503}, lambda a: a.status_code == 503),
            (
                "rate_limited",
                {"headers": False},
                lambda a: "X-Retry-After" not in a.headers,
            ),
            ("html", {}, lambda a: "<html>" in a.text),
            ("truncated", {}, lambda a: not a.text.endswith("}")),
            ("empty", {}, lambda a: a.text == ""),
        ):
            self.sim.faults.add(kind, **options)
            self.assertTrue(seen(self.session.get(url, timeout=10)), kind)
            self.assertEqual(self.session.get(url, timeout=10).status_code, 200)

    def test_a_dropped_answer_may_have_been_done_or_not(self):
        self.shop.add_product("Mug", sku="MUG-1", stock=5)
        order_id = self.shop.buy([("MUG-1", 1)])
        path = f"{self.sim.url}/stores/demo/v2/orders/{order_id}"
        for kind, status_id in (("drop_before", 11), ("drop_after", 9)):
            self.sim.faults.add(kind, method="PUT")
            with self.assertRaises(Exception) as raised:
                self.session.put(path, json={"status_id": 9}, timeout=10)
            self.assertIn("ConnectionError", type(raised.exception).__name__)
            self.assertEqual(self.shop.order(order_id)["status_id"], status_id)
