import requests

from ...simulator.api.scopes import ALL
from .simulator_case import OrderCase, SimulatorCase

ABSOLUTE = "/v3/inventory/adjustments/absolute"
PRODUCTS = "/v3/catalog/products"
VARIANTS = "/v3/catalog/variants"
NOT_WHOLE = (None, "1", 1.5, True, [], {})


class TestBodies(OrderCase):
    """A body that names what there is not, or has a wrong type, stores nothing."""

    def setUp(self):
        super().setUp()
        self.order_id = self.shop.buy([("MUG-1", 2)])

    def everything(self):
        """Return what lists show of products, variants and stock."""
        return [
            self.get(path)["data"]
            for path in (PRODUCTS, VARIANTS, "/v3/inventory/items")
        ]

    def test_a_misspelt_field_of_a_shipment_is_refused_by_name(self):
        for name in ("tracking_no", "trackingNumber", "shipped"):
            (error,) = self.ship(self.order_id, 1, status=400, **{name: "1Z"})
            self.assertEqual(
                error["message"],
                f"The field '{name}' is not supported by this resource.",
            )
        self.assertFalse(self.shop.shipments(self.order_id))
        shipment = self.ship(self.order_id, 1, tracking_number="1Z")
        path = f"/v2/orders/{self.order_id}/shipments/{shipment['id']}"
        self.call("PUT", path, {"tracking_no": "2Z"}, status=400)
        self.call("PUT", path, {"tracking_number": 2}, status=400)
        self.assertEqual(self.get(path)["tracking_number"], "1Z")

    def test_an_order_knows_its_fields(self):
        path = f"/v2/orders/{self.order_id}"
        (error,) = self.call("PUT", path, {"state": 2}, status=400)
        self.assertIn("'state' is not supported", error["message"])
        for status_id in ("2", 2.0, None):
            self.call("PUT", path, {"status_id": status_id}, status=400)
        self.assertEqual(self.get(path)["status_id"], 11)

    def test_a_batch_of_products_or_variants_holds_right_types_only(self):
        product_id = self.shop.product_by_sku("MUG-1")["id"]
        variant_id = self.shop.catalog.variant_by_sku("MUG-1")["id"]
        before = self.everything()
        right = {"id": product_id, "price": 3.0}
        for wrong in (
            *({"id": value} for value in NOT_WHOLE),
            {"price": 1},
            {"id": product_id, "is_visible": "yes"},
            {"id": product_id, "name": None},
            {"id": product_id, "price": "9.99"},
            {"id": product_id, "inventory_level": 1.5},
            {"id": product_id, "inventory_tracking": "sku"},
        ):
            error = self.call("PUT", PRODUCTS, [right, wrong], status=422)
            self.assertTrue(error["errors"], wrong)
        right = {"id": variant_id, "price": 3.0}
        for wrong in (
            *({"id": value} for value in NOT_WHOLE),
            {"id": variant_id, "product_id": None},
            {"id": variant_id, "purchasing_disabled": 1},
            {"id": variant_id, "sku": None},
        ):
            error = self.call("PUT", VARIANTS, [right, wrong], status=422)
            self.assertTrue(error["batch_errors"], wrong)
        self.assertEqual(self.everything(), before)

    def test_an_adjustment_holds_right_types_only(self):
        product_id = self.shop.product_by_sku("MUG-1")["id"]
        before = self.everything()
        right = {"location_id": 1, "product_id": product_id, "quantity": 1}
        for name in right:
            for value in NOT_WHOLE:
                items = [right, {**right, name: value}]
                error = self.call("PUT", ABSOLUTE, {"items": items}, status=422)
                self.assertIn(f"items.1.{name}", error["errors"])
        for body in ({}, {"items": None}, {"items": [right], "reason": 1}):
            self.call("PUT", ABSOLUTE, body, status=422)
        self.assertEqual(self.everything(), before)

    def test_pickups_and_webhooks_hold_right_types_only(self):
        place = self.shop.catalog.add_location("Shop")
        order_id = self.shop.buy([("MUG-1", 1)], pickup=place)
        (line,) = self.lines(order_id)
        pickup = {
            "order_id": order_id,
            "pickup_method_id": 1,
            "ready_at": "1772442931",
            "pickup_items": [{"order_product_id": line["id"], "quantity": 1}],
        }
        for name in pickup:
            for value in (None, True, {}):
                rows = [{**pickup, name: value}]
                self.call("POST", "/v3/orders/pickups", rows, status=422)
        self.call("POST", "/v3/orders/pickups", [None], status=422)
        self.call("POST", "/v3/orders/pickups", [pickup])
        hook = {"scope": "store/order/created", "destination": "https://x.example/"}
        for wrong in (
            {"scope": None},
            {"destination": 1},
            {"destination": "https://["},
            {"is_active": "yes"},
            {"headers": {"X-Secret": 1}},
        ):
            self.call("POST", "/v3/hooks", {**hook, **wrong}, status=422)
        self.assertFalse(self.get("/v3/hooks")["data"])

    def test_what_is_no_json_is_refused(self):
        for data in ("{", '[{"id": NaN}]', "[" * 100_000, b"\xff", "7"):
            url = f"{self.sim.url}/stores/demo{PRODUCTS}"
            answer = self.session.put(url, data=data, timeout=10)
            self.assertEqual(answer.status_code, 400, data[:20])

    def test_a_name_or_sku_that_is_taken_is_a_conflict(self):
        mug, shirt = (self.shop.product_by_sku(sku)["id"] for sku in ("MUG-1", "TSH-1"))
        for field, value in (("name", "t-shirt"), ("sku", "TSH-1")):
            rows = [{"id": mug, field: value}]
            error = self.call("PUT", PRODUCTS, rows, status=409)
            self.assertEqual(error["status"], 409)
            self.assertEqual(error["title"], f"The product {field} is a duplicate")
            self.assertEqual(error["errors"], {field: error["title"]})
        variant_id = self.shop.catalog.variant_by_sku("MUG-1")["id"]
        rows = [{"id": variant_id, "sku": "TSH-1"}]
        self.call("PUT", VARIANTS, rows, status=409)
        # what two products swap is theirs
        swapped = [{"id": mug, "name": "T-shirt"}, {"id": shirt, "name": "Mug"}]
        self.call("PUT", PRODUCTS, swapped)
        self.assertEqual(self.shop.product(mug)["name"], "T-shirt")

    def test_a_part_that_is_not_saved_makes_the_answer_a_207(self):
        product_id = self.shop.product_by_sku("MUG-1")["id"]
        self.shop.catalog.unsaved = ("is_visible",)
        rows = [{"id": product_id, "is_visible": False, "price": 3.0}]
        answer = self.call("PUT", PRODUCTS, rows, status=207)
        self.assertEqual(answer["errors"]["errors"], {"is_visible": "was not saved"})
        product = self.shop.product(product_id)
        self.assertEqual((product["is_visible"], product["price"]), (True, 3.0))


class TestQueries(OrderCase):
    """What a query may name: all that is documented, and nothing else."""

    def test_unknown_filters_are_refused_everywhere(self):
        order = f"/v2/orders/{self.shop.buy([('MUG-1', 1)])}"
        for path in ("/v2/orders", "/v2/orders/count", order, f"{order}/products"):
            self.call("GET", path, status=400, modified_since="x")
        for path in (PRODUCTS, VARIANTS, "/v3/inventory/items", "/v3/hooks"):
            error = self.call("GET", path, status=422, foo="1")
            self.assertEqual(
                error["title"],
                "The filter(s): foo are not valid filter parameter(s).",
            )

    def test_unknown_includes_and_values_are_refused(self):
        order = f"/v2/orders/{self.shop.buy([('MUG-1', 1)])}"
        for query in ({"include": "coupons"}, {"consignment_structure": "array"}):
            self.call("GET", order, status=400, **query)
        self.call("GET", f"{order}/consignments", status=400, include="line_items")
        for query in (
            {"include": "variants,prices"},
            {"include_fields": "colour"},
            {"sort": "colour"},
            {"id": "first"},
            {"is_visible": "maybe"},
            {"date_modified:min": "yesterday"},
            {"page": "0"},
        ):
            self.call("GET", PRODUCTS, status=422, **query)
        self.call("GET", "/v3/customers", status=422, include="orders")

    def test_documented_filters_of_products_work(self):
        mug, shirt = (self.shop.product_by_sku(sku)["id"] for sku in ("MUG-1", "TSH-1"))
        self.shop.catalog.products[shirt].update(
            brand_id=7, categories=[3, 4], condition="Used", is_featured=True
        )
        self.shop.catalog.take(self.shop.catalog.variant_by_sku("TSH-1"), 10)
        for query, found in (
            ({"id:not_in": mug}, [shirt]),
            ({"id:max": mug}, [mug]),
            ({"id:less": shirt}, [mug]),
            ({"price": "9.99"}, [mug]),
            ({"brand_id": 7}, [shirt]),
            ({"categories": 4}, [shirt]),
            ({"categories:in": "1,3"}, [shirt]),
            ({"condition": "used"}, [shirt]),
            ({"is_featured": 1}, [shirt]),
            ({"inventory_level:min": 1}, [mug]),
            ({"inventory_level:in": "0,3"}, [shirt]),
            ({"out_of_stock": 1}, [shirt]),
            ({"keyword": "shirt"}, [shirt]),
            ({"date_modified:max": "2001-01-01"}, []),
            ({"sort": "name", "direction": "desc"}, [shirt, mug]),
            ({"sort": "price"}, [mug, shirt]),
        ):
            rows = self.get(PRODUCTS, **query)["data"]
            self.assertEqual([row["id"] for row in rows], found, query)

    def test_documented_filters_of_other_lists_work(self):
        self.shop.buy([("MUG-1", 1)], customer_id=7)
        place = self.shop.catalog.add_location("Shop")
        self.shop.catalog.locations[place]["enabled"] = False
        for path, query, count in (
            ("/v3/customers", {"name:like": "shop"}, 1),
            ("/v3/customers", {"email:in": "x@example.com"}, 0),
            ("/v3/channels", {"type:in": "pos"}, 0),
            ("/v3/inventory/locations", {"is_active": "false"}, 1),
            ("/v3/inventory/locations", {"location_id:in": "1"}, 1),
            ("/v3/tax/rates", {"tax_zone_id:in": "9"}, 0),
            (VARIANTS, {"product_id:in": "9"}, 0),
            ("/v3/orders/payment_actions/refunds", {"id:in": "1"}, 0),
        ):
            self.assertEqual(len(self.get(path, **query)["data"]), count, (path, query))

    def test_every_part_of_a_product_can_be_included(self):
        self.shop.add_product(
            "Cap",
            variants=[{"sku": f"CAP-{s}", "options": {"Size": s}} for s in "SM"],
        )
        parts = "images,primary_image,custom_fields,channels,reviews,videos,variants"
        (row,) = self.get(PRODUCTS, name="Cap", include=parts)["data"]
        self.assertLessEqual({*parts.split(",")}, row.keys())
        (row,) = self.get(PRODUCTS, name="Cap", include="options")["data"]
        labels = [value["label"] for value in row["options"][0]["option_values"]]
        self.assertEqual(labels, ["S", "M"])
        (row,) = self.get(PRODUCTS, name="Cap", exclude_fields="sku,price")["data"]
        self.assertFalse({"sku", "price"} & row.keys())

    def test_options_make_the_pages_small(self):
        for number in range(11):
            self.shop.add_product(f"Pin {number}", sku=f"PIN-{number}")
        page = self.get(PRODUCTS, include="options")
        self.assertEqual(len(page["data"]), 10)
        self.call("GET", PRODUCTS, status=413, include="options", limit=11)


class TestAccess(SimulatorCase):
    """What comes before an answer: the format, and what the account may do."""

    def test_v2_answers_json_only_where_it_is_asked_for(self):
        self.session.headers["Accept"] = "*/*"
        url = f"{self.sim.url}/stores/demo"
        answer = self.session.get(f"{url}/v2/store", timeout=10)
        self.assertEqual(answer.headers["Content-Type"], "application/xml")
        self.assertIn("<name>Simulated Shop</name>", answer.text)
        answer = self.session.get(f"{url}/v2/orders/7", timeout=10)
        self.assertEqual(answer.status_code, 404)
        self.assertTrue(answer.text.startswith("<?xml"))
        self.assertTrue(self.session.get(f"{url}/v3/hooks", timeout=10).json())
        self.session.headers["Accept"] = "text/html"
        answer = self.session.get(f"{url}/v2/store", timeout=10)
        self.assertEqual(answer.status_code, 406)

    def test_a_missing_scope_is_403(self):
        self.sim.scopes = ALL - {"store_inventory", "store_v2_orders"}
        self.call("GET", "/v2/orders", status=403)
        self.call("GET", "/v3/inventory/items", status=403)
        self.get(PRODUCTS)
        self.sim.scopes |= {"store_inventory_read_only", "store_v2_transactions"}
        self.get("/v3/inventory/items")
        self.call("PUT", ABSOLUTE, {"items": []}, status=403)
        # one of two scopes is enough for refunds
        self.get("/v3/orders/payment_actions/refunds")

    def test_a_connection_serves_more_than_one_request(self):
        url = f"{self.sim.url}/stores/demo/v2/time"
        with requests.get(url, timeout=10) as answer:
            self.assertNotEqual(answer.headers.get("Connection"), "close")
        pool = self.session.get_adapter(url).poolmanager
        for _request in range(3):
            self.get("/v2/time")
            self.call("PUT", PRODUCTS, [{"id": 1}], status=422)
        (connections,) = (pool.pools[key] for key in pool.pools.keys())
        self.assertEqual(connections.num_connections, 1)

    def test_a_store_that_stops_ends_its_connections(self):
        self.get("/v2/time")
        url = f"{self.sim.url}/stores/demo/v2/time"
        self.sim.stop()
        with self.assertRaises(requests.ConnectionError):
            self.session.get(url, timeout=10)
        self.sim.start()
