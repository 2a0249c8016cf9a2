import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer

from simulator_case import SimulatorCase

ABSOLUTE = "/v3/inventory/adjustments/absolute"


class TestCatalog(SimulatorCase):
    def setUp(self):
        super().setUp()
        self.mug_id = self.shop.add_product("Mug", sku="MUG-1", stock=10)
        self.shirt_id = self.shop.add_product(
            "T-shirt",
            variants=[
                {"sku": f"TSH-{s}", "options": {"Size": s}, "stock": 4} for s in "SM"
            ],
        )

    def variant(self, sku):
        return self.shop.catalog.variant_by_sku(sku)

    def adjust(self, *items, status=200):
        body = {"reason": "test", "items": list(items)}
        return self.call("PUT", ABSOLUTE, body, status=status)

    def test_products_and_variants_are_listed(self):
        rows = self.get("/v3/catalog/products", include_fields="sku", limit=1)
        self.assertEqual(rows["data"], [{"id": self.mug_id, "sku": "MUG-1"}])
        self.assertEqual(rows["meta"]["pagination"]["total_pages"], 2)
        variants = self.get("/v3/catalog/variants")["data"]
        self.assertEqual([v["sku"] for v in variants], ["MUG-1", "TSH-S", "TSH-M"])
        items = self.get("/v3/inventory/items")["data"]
        self.assertEqual(items[0]["locations"][0]["total_inventory_onhand"], 10)

    def test_products_are_hidden_ten_at_a_time(self):
        rows = [{"id": self.mug_id, "is_visible": False}]
        self.call("PUT", "/v3/catalog/products", rows)
        self.assertFalse(self.shop.product(self.mug_id)["is_visible"])
        self.call("PUT", "/v3/catalog/products", rows * 11, status=413)
        self.call("PUT", "/v3/catalog/products", [{"id": 1}], status=422)

    def test_quantities_are_set_by_the_identity_of_the_tracking(self):
        self.adjust(
            {"location_id": 1, "product_id": self.mug_id, "quantity": 3},
            {
                "location_id": 1,
                "variant_id": self.variant("TSH-S")["id"],
                "quantity": 8,
            },
        )
        self.assertEqual(self.shop.stock("MUG-1"), 3)
        self.assertEqual(self.shop.stock("TSH-S"), 8)

    def test_one_bad_item_refuses_the_whole_call(self):
        good = {"location_id": 1, "sku": "MUG-1", "quantity": 1}
        for bad, words in (
            ({**good, "location_id": 9}, "Location not found, identities: [9]"),
            ({**good, "sku": "NO"}, "sku not found"),
            ({**good, "quantity": -1}, "out of range"),
            (
                {"location_id": 1, "product_id": self.shirt_id, "quantity": 1},
                "is tracked by variant",
            ),
        ):
            error = self.adjust(good, bad, status=422)
            self.assertIn(words, error["title"])
        self.adjust(*[good] * 2001, status=413)
        self.assertEqual(self.shop.stock("MUG-1"), 10)

    def test_an_untracked_product_takes_no_quantity(self):
        self.shop.add_product("Service", sku="SRV", tracking="none")
        self.adjust({"location_id": 1, "sku": "SRV", "quantity": 1}, status=422)


class TestSlowInventory(SimulatorCase):
    options = {"inventory_delay": 60}

    def test_an_accepted_quantity_shows_a_little_later(self):
        self.shop.add_product("Mug", sku="MUG-1", stock=10)
        body = {"items": [{"location_id": 1, "sku": "MUG-1", "quantity": 3}]}
        self.call("PUT", ABSOLUTE, body)
        items = self.get("/v3/inventory/items")["data"]
        self.assertEqual(items[0]["locations"][0]["total_inventory_onhand"], 10)
        self.shop.settle()
        items = self.get("/v3/inventory/items")["data"]
        self.assertEqual(items[0]["locations"][0]["total_inventory_onhand"], 3)


class TestWebhooks(SimulatorCase):
    def receiver(self):
        """Start a server that notes what it is sent; return (address, notes)."""
        notes = []

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                notes.append(self.headers["X-Secret"])
                self.send_response(204)
                self.end_headers()

            def log_message(self, *args):
                """Say nothing."""

        server = HTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        return f"http://127.0.0.1:{server.server_port}/hook", notes

    def test_events_are_delivered_with_our_headers(self):
        address, notes = self.receiver()
        self.call(
            "POST",
            "/v3/hooks",
            {
                "scope": "store/order/*",
                "destination": address,
                "headers": {"X-Secret": "s3cret"},
            },
        )
        self.shop.add_product("Mug", sku="MUG-1", stock=10)
        self.shop.buy([("MUG-1", 1)])
        deadline = time.monotonic() + 5
        while not notes and time.monotonic() < deadline:
            time.sleep(0.02)
        self.assertEqual(notes, ["s3cret"])

    def test_a_hook_is_created_once_and_needs_https(self):
        hook = {"scope": "store/order/created", "destination": "https://x.example/"}
        self.call("POST", "/v3/hooks", hook)
        self.call("POST", "/v3/hooks", hook, status=409)
        hook["destination"] = "http://x.example/"
        self.call("POST", "/v3/hooks", hook, status=422)


class TestPage(SimulatorCase):
    def test_the_page_shows_the_store_and_can_buy(self):
        self.shop.add_product("Mug", sku="MUG-1", stock=1)
        page = self.session.get(self.sim.url, timeout=10)
        self.assertIn("<title>Simulated BigCommerce store</title>", page.text)
        buy = {
            "url": f"{self.sim.url}/sim/buy",
            "json": {"sku": "MUG-1"},
            "timeout": 10,
        }
        self.assertEqual(self.session.post(**buy).status_code, 200)
        refused = self.session.post(**buy)
        self.assertEqual(refused.status_code, 400)
        self.assertIn("MUG-1", refused.json()["error"])
        state = self.session.get(f"{self.sim.url}/sim/state", timeout=10).json()
        self.assertEqual(state["products"][0]["variants"][0]["stock"], 0)
        self.assertEqual(len(state["orders"]), 1)
