import json
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer

from .simulator_case import SimulatorCase

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
        good = {"location_id": 1, "sku": "TSH-S", "quantity": 1}
        closed = self.shop.catalog.add_location("Closed shop")
        self.shop.catalog.locations[closed]["enabled"] = False
        for bad, words in (
            ({**good, "location_id": 9}, "Location not found, identities: [9]"),
            ({**good, "location_id": closed}, "Location is disabled"),
            ({**good, "sku": "NO"}, "Item not found, identities: [NO]"),
            (
                {**good, "sku": "MUG-1"},
                "[Item with sku MUG-1 is tracked by product, "
                "please update stock by product id]",
            ),
            ({**good, "quantity": -1}, "out of range"),
            (
                {"location_id": 1, "product_id": self.shirt_id, "quantity": 1},
                "is tracked by variant",
            ),
        ):
            error = self.adjust(good, bad, status=422)
            self.assertIn(words, error["title"])
        self.adjust("all of it", status=422)
        self.adjust(*[good] * 2001, status=413)
        self.assertEqual(self.shop.stock("TSH-S"), 4)

    def test_variants_are_changed_fifty_at_a_time(self):
        rows = [{"id": self.variant("TSH-S")["id"], "purchasing_disabled": True}]
        self.call("PUT", "/v3/catalog/variants", rows)
        self.assertTrue(self.variant("TSH-S")["purchasing_disabled"])
        self.call("PUT", "/v3/catalog/variants", rows * 51, status=413)
        error = self.call("PUT", "/v3/catalog/variants", [{"id": 1}], status=422)
        self.assertEqual(error["batch_errors"][0]["status"], 422)

    def test_products_are_found_by_what_the_spec_names(self):
        for filters in (
            {"id:in": str(self.mug_id)},
            {"sku": "MUG-1"},
            {"sku:in": "MUG-1,NO"},
            {"name": "Mug"},
        ):
            (row,) = self.get("/v3/catalog/products", include="variants", **filters)[
                "data"
            ]
            self.assertEqual(row["id"], self.mug_id)
            self.assertEqual(len(row["variants"]), 1)
        self.assertFalse(self.get("/v3/catalog/products", is_visible="false")["data"])

    def test_levels_are_told_per_location(self):
        other = self.shop.catalog.add_location("Second shop")
        variant_id = self.variant("TSH-S")["id"]
        self.adjust({"location_id": other, "variant_id": variant_id, "quantity": 2})
        filters = {"variant_id:in": str(variant_id), "location_id:in": str(other)}
        (item,) = self.get("/v3/inventory/items", **filters)["data"]
        (level,) = item["locations"]
        self.assertEqual((level["location_id"], level["available_to_sell"]), (other, 2))

    def test_an_untracked_product_takes_no_quantity(self):
        self.shop.add_product("Service", sku="SRV", tracking="none")
        self.adjust({"location_id": 1, "sku": "SRV", "quantity": 1}, status=422)


class TestSlowInventory(SimulatorCase):
    options = {"inventory_delay": 60}

    def test_an_accepted_quantity_shows_a_little_later(self):
        mug_id = self.shop.add_product("Mug", sku="MUG-1", stock=10)
        body = {"items": [{"location_id": 1, "product_id": mug_id, "quantity": 3}]}
        self.call("PUT", ABSOLUTE, body)
        items = self.get("/v3/inventory/items")["data"]
        self.assertEqual(items[0]["locations"][0]["total_inventory_onhand"], 10)
        self.shop.settle()
        items = self.get("/v3/inventory/items")["data"]
        self.assertEqual(items[0]["locations"][0]["total_inventory_onhand"], 3)


class TestWebhooks(SimulatorCase):
    def receiver(self, status=204):
        """Start a server that notes what it is sent; return (address, notes)."""
        notes = []

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                length = int(self.headers["Content-Length"])
                notes.append(
                    (self.headers["X-Secret"], json.loads(self.rfile.read(length)))
                )
                self.send_response(status)
                self.end_headers()

            def log_message(self, *args):
                """Say nothing."""

        server = HTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        return f"http://127.0.0.1:{server.server_port}/hook", notes

    def subscribe(self, scope, status=204):
        """Return (hook, what its receiver is sent)."""
        address, notes = self.receiver(status)
        headers = {"X-Secret": "s3cret"}
        body = {"scope": scope, "destination": address, "headers": headers}
        return self.call("POST", "/v3/hooks", body)["data"], notes

    def wait_for(self, condition):
        deadline = time.monotonic() + 5
        while not condition() and time.monotonic() < deadline:
            time.sleep(0.02)
        self.assertTrue(condition())

    def test_events_are_delivered_with_our_headers(self):
        _hook, notes = self.subscribe("store/order/*")
        self.shop.add_product("Mug", sku="MUG-1", stock=10)
        order_id = self.shop.buy([("MUG-1", 1)])
        self.wait_for(lambda: notes)
        ((secret, body),) = notes
        self.assertEqual(secret, "s3cret")
        self.assertEqual(body["scope"], "store/order/created")
        self.assertEqual(body["data"], {"type": "order", "id": order_id})
        self.assertEqual(body["producer"], "stores/demo")

    def test_products_stock_and_shipments_are_told_too(self):
        hooks = ("store/product/*", "store/sku/*", "store/shipment/*")
        products, skus, shipments = (self.subscribe(scope)[1] for scope in hooks)
        self.shop.add_product(
            "T-shirt", variants=[{"sku": "TSH-S", "options": {"Size": "S"}, "stock": 4}]
        )
        order_id = self.shop.buy([("TSH-S", 1)])
        order = self.shop.order(order_id)
        body = {
            "order_address_id": order["consignments"]["shipping"][0]["id"],
            "items": [{"order_product_id": order["products"][0]["id"], "quantity": 1}],
        }
        self.call("POST", f"/v2/orders/{order_id}/shipments", body, status=201)
        self.wait_for(lambda: products and skus and shipments)
        self.assertEqual(products[0][1]["scope"], "store/product/created")
        self.assertEqual(skus[0][1]["scope"], "store/sku/inventory/order/updated")
        self.assertEqual(skus[0][1]["data"]["inventory"]["value"], 3)
        self.assertEqual(shipments[0][1]["data"]["orderId"], order_id)

    def test_a_refund_is_told_with_its_id(self):
        _hook, notes = self.subscribe("store/order/refund/created")
        self.shop.add_product("Mug", sku="MUG-1", stock=10)
        order_id = self.shop.buy([("MUG-1", 1)])
        refund_id = self.shop.refund(order_id, "1.00")
        self.wait_for(lambda: notes)
        ((_secret, body),) = notes
        self.assertEqual(body["data"]["id"], order_id)
        self.assertEqual(body["data"]["refund"], {"refund_id": refund_id})

    def test_only_scopes_that_there_are_can_be_heard(self):
        for scope, status in (
            ("store/order/*", 200),
            ("store/channel/1/order/created", 200),
            ("store/order/refunded", 422),
            ("store/*", 422),
            ("store/channel/x/order/created", 422),
        ):
            body = {"scope": scope, "destination": "https://x.example/"}
            self.call("POST", "/v3/hooks", body, status=status)

    def test_a_hook_that_nobody_answers_is_switched_off(self):
        hook, notes = self.subscribe("store/product/created", status=500)
        self.shop.add_product("Mug", sku="MUG-1")
        path = f"/v3/hooks/{hook['id']}"
        self.wait_for(lambda: not self.get(path)["data"]["is_active"])
        self.assertEqual(len(notes), 3)

    def test_ten_hooks_of_a_scope_are_enough(self):
        for number in range(11):
            body = {
                "scope": "store/order/created",
                "destination": f"https://x.example/{number}",
            }
            status = 200 if number < 10 else 422
            self.call("POST", "/v3/hooks", body, status=status)

    def test_a_hook_is_created_once_and_needs_https(self):
        hook = {"scope": "store/order/created", "destination": "https://x.example/"}
        self.call("POST", "/v3/hooks", hook)
        self.call("POST", "/v3/hooks", hook, status=422)
        for destination in ("http://x.example/", "https://x.example:8443/", "nowhere"):
            refused = {**hook, "destination": destination}
            self.call("POST", "/v3/hooks", refused, status=422)
        self.call("POST", "/v3/hooks", {**hook, "scope": "orders"}, status=422)


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
