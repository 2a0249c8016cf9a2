from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from ..common import BigCommerceCase


@tagged("post_install", "-at_install")
class TestConnection(BigCommerceCase):
    def test_a_connected_store_shows_who_it_is(self):
        answer = self.backend.action_test_connection()
        self.assertEqual(self.backend.state, "connected")
        self.assertEqual(self.backend.store_hash, "demo")
        store = self.shop.store_info()
        message = answer["params"]["message"]
        for shown in (store["name"], store["plan_name"], store["currency"]):
            self.assertIn(shown, message)
        self.assertIn(store["timezone"]["name"], message)
        self.assertEqual(self.backend.default_currency_id.name, store["currency"])

    def test_a_wrong_token_is_named_as_the_reason(self):
        self.backend.access_token = "wrong"
        with self.assertRaisesRegex(UserError, "Shop cannot be reached"):
            self.backend.action_test_connection()
        self.assertEqual(self.backend.state, "draft")

    def test_a_store_that_does_not_answer_is_named_as_the_reason(self):
        nowhere = "http://127.0.0.1:1/stores/demo/v3/"
        self.backend.write({"api_path": nowhere, "access_token": "x"})
        with self.assertRaisesRegex(UserError, "Shop cannot be reached"):
            self.backend.action_test_connection()

    def test_missing_credentials_are_asked_for(self):
        store = self.env["bigcommerce.backend"].create({"name": "Empty"})
        with self.assertRaisesRegex(UserError, "API path and the access token"):
            store.action_test_connection()

    def test_other_addresses_of_the_store_are_understood(self):
        meant = "https://api.bigcommerce.com/stores/abc123/v3/"
        for typed in (
            meant,
            " https://api.bigcommerce.com/stores/abc123 ",
            "https://api.bigcommerce.com/stores/abc123/v2",
            "api.bigcommerce.com/stores/abc123/v3/catalog/products",
            "https://store-abc123.mybigcommerce.com/manage/dashboard",
            "store-abc123.mybigcommerce.com",
            "abc123",
        ):
            self.backend.api_path = typed
            self.assertEqual(self.backend.api_path, meant, typed)
        with self.assertRaisesRegex(ValidationError, "not at the storefront's address"):
            self.backend.api_path = "https://www.my-shop.example/"
        self.backend.write(
            {
                "auth_method": "legacy",
                "api_path": "https://store-abc123.mybigcommerce.com/manage",
            }
        )
        path = "https://store-abc123.mybigcommerce.com/api/v2/"
        self.assertEqual(self.backend.api_path, path)

    def test_plain_http_is_refused_beyond_this_machine(self):
        with self.assertRaises(ValidationError):
            self.backend.api_path = "http://api.bigcommerce.com/stores/abc/v3/"

    def test_new_credentials_ask_for_a_new_test(self):
        self.backend.access_token = self.sim.token
        self.assertEqual(self.backend.state, "draft")
        with self.assertRaisesRegex(UserError, "not connected"):
            self.backend.action_import_orders()

    def test_the_same_store_cannot_be_connected_twice(self):
        twin = self.env["bigcommerce.backend"].create(self.backend_values())
        with self.assertRaisesRegex(Exception, "_store_uniq"):
            twin.action_test_connection()
            twin.flush_recordset()

    def test_a_token_refused_in_a_run_pauses_the_store(self):
        self.env["bigcommerce.secret"]._put(self.backend, access_token="revoked")
        self.run_cron("cron_import_orders")
        self.assertEqual(self.backend.state, "paused")
        calls = len(self.sim.calls)
        self.run_cron("cron_import_orders")
        self.assertEqual(len(self.sim.calls), calls)

        activity = self.backend.activity_ids
        self.assertEqual(activity.summary, "The store refuses the access token")

    def test_a_new_token_resumes_by_itself(self):
        self.env["bigcommerce.secret"]._put(self.backend, access_token="revoked")
        self.run_cron("cron_import_orders")
        self.backend.access_token = self.sim.token
        self.assertEqual(self.backend.state, "draft", "saved, not tested yet")
        self.run_cron("cron_import_orders")
        run = self.env["bigcommerce.sync.run"]._get_last(self.backend, "import_orders")
        self.assertEqual((self.backend.state, run.state), ("connected", "done"))

    def test_a_new_token_that_is_wrong_pauses_with_one_activity(self):
        for _time in range(2):
            self.backend.access_token = "wrong"
            self.run_cron("cron_import_orders")
            self.assertEqual(self.backend.state, "paused")
        self.assertEqual(len(self.backend.activity_ids), 1)

    def test_another_address_asks_for_a_test(self):
        self.backend.write({"access_token": "x", "api_path": self.sim.api_path})
        self.assertEqual(self.backend.state, "draft")


@tagged("post_install", "-at_install")
class TestCopiedDatabase(BigCommerceCase):
    def test_a_copy_of_the_database_sends_nothing(self):
        self.env["ir.config_parameter"].set_param("database.uuid", "another")
        calls = len(self.sim.calls)
        self.run_cron("cron_import_orders")
        self.assertEqual(len(self.sim.calls), calls)
        self.assertEqual(self.backend.state, "paused")
        self.assertIn("copy", self.backend.state_message)

    def test_testing_the_connection_in_a_copy_says_that_it_is_one(self):
        self.env["ir.config_parameter"].set_param("database.uuid", "another")
        self.backend.invalidate_recordset()
        answer = self.backend.action_test_connection()
        self.assertIn("copy", answer["params"]["title"])
        self.assertEqual(self.backend.state, "paused")
        self.assertTrue(self.backend.is_copy)
        calls = len(self.sim.calls)
        self.run_cron("cron_import_orders")
        self.assertEqual(len(self.sim.calls), calls)

    def test_take_over_makes_it_the_live_one(self):
        self.env["ir.config_parameter"].set_param("database.uuid", "another")
        self.backend.invalidate_recordset()
        self.backend.action_take_over()
        self.assertFalse(self.backend.is_copy)
        self.shop.add_product(name="Mug", sku="MUG", stock=5)
        self.backend.unknown_product_policy = "create"
        self.assertEqual(self.import_order([("MUG", 1)]).state, "imported")
