import requests

from .simulator_case import SimulatorCase

JSON = {"Accept": "application/json"}


class TestLegacyAccount(SimulatorCase):
    """The store's own host answers a legacy account with V2, products included."""

    def setUp(self):
        super().setUp()
        self.mug = self.shop.add_product("Mug", sku="MUG-1", stock=4)
        self.shirt = self.shop.add_product(
            "Shirt", variants=[{"sku": "TSH-S", "options": {"Size": "S"}, "stock": 3}]
        )
        self.account = (self.sim.username, self.sim.token)

    def ask(self, method, path, status=200, account=None, body=None, **query):
        answer = requests.request(
            method,
            self.sim.legacy_path + path,
            auth=account or self.account,
            headers=JSON,
            params=query,
            json=body,
            timeout=10,
        )
        self.assertEqual(answer.status_code, status, answer.text)
        return answer.json() if answer.content else []

    def test_user_name_and_token_are_checked(self):
        self.ask("GET", "store")
        for account in (("other", self.sim.token), (self.sim.username, "wrong")):
            self.ask("GET", "store", 401, account)
        path = f"{self.sim.url}/stores/{self.shop.store_hash}/v3/catalog/products"
        answer = requests.get(path, auth=self.account, headers=JSON, timeout=10)
        self.assertEqual(answer.status_code, 401)
        self.ask("GET", "../v3/catalog/products", 404)

    def test_products_are_listed_between_two_ids(self):
        rows = self.ask("GET", "products", min_id=self.mug, max_id=self.shirt)
        self.assertEqual([row["id"] for row in rows], [self.mug, self.shirt])
        ways = [row["inventory_tracking"] for row in rows]
        self.assertEqual(ways, ["simple", "sku"])
        self.assertEqual(self.ask("GET", "products", 204, min_id=self.shirt + 1), [])
        self.ask("GET", "products", 400, id=self.mug)

    def test_a_level_takes_effect_where_it_is_counted(self):
        (sku,) = self.ask("GET", f"products/{self.shirt}/skus")
        self.assertNotEqual(sku["id"], self.shop.catalog.variant_by_sku("TSH-S")["id"])
        path = f"products/{self.shirt}/skus/{sku['id']}"
        self.assertEqual(
            self.ask("PUT", path, body={"inventory_level": 8}),
            {
                **sku,
                "inventory_level": 8,
            },
        )
        self.ask("PUT", f"products/{self.shirt}", body={"inventory_level": 1})
        self.assertEqual(self.shop.stock("TSH-S"), 8)
        self.ask("PUT", f"products/{self.mug}", body={"inventory_level": 9})
        self.assertEqual(self.shop.stock("MUG-1"), 9)

    def test_what_a_body_may_not_hold_is_refused(self):
        for body in (
            {"inventory_levels": 1},
            {"inventory_level": "1"},
            {"inventory_level": -1},
            {"inventory_tracking": "product"},
        ):
            self.ask("PUT", f"products/{self.mug}", 400, body=body)
        self.ask("PUT", f"products/{self.mug}/skus/1", 404, body={"inventory_level": 1})
        self.assertEqual(self.shop.stock("MUG-1"), 4)
