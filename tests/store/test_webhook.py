import json

from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, TransactionCase, mute_logger, new_test_user, tagged

from odoo.addons.base.tests.test_ir_cron import CronMixinCase

from ...models.store.webhooks import ORDER_SCOPES, SECRET_HEADER
from ..common import BigCommerceCase

IMPORT = "connector_bigcommerce.cron_import_orders"


@tagged("post_install", "-at_install")
class TestWebhookEndpoint(HttpCase, CronMixinCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.backend = cls.env["bigcommerce.backend"].create({"name": "Shop"})
        cls.secrets = cls.env["bigcommerce.secret"]
        cls.secrets._put(cls.backend, webhook_secret="right")

    def call(self, secret="right", body=None, backend_id=None):
        if body is None:
            body = json.dumps(
                {"scope": "store/order/updated", "data": {"type": "order", "id": 7}}
            )
        headers = {"Content-Type": "application/json"}
        if secret:
            headers[SECRET_HEADER] = secret
        return self.url_open(
            f"/bigcommerce/webhook/{backend_id or self.backend.id}",
            data=body,
            headers=headers,
        )

    def test_an_event_starts_the_import(self):
        with self.capture_triggers(IMPORT) as triggers:
            answer = self.call()
        self.assertEqual(answer.status_code, 204)
        self.assertEqual(len(triggers.records), 1)
        self.assertFalse(answer.content)
        self.assertNotIn("Set-Cookie", answer.headers)

    def test_a_stranger_learns_nothing(self):
        with self.capture_triggers(IMPORT) as triggers:
            answers = [
                self.call("wrong"),
                self.call(None),
                self.call("wröng".encode()),
                self.call("right", backend_id=self.backend.id + 1000),
                self.call("wrong", body="not JSON"),
            ]
        self.assertEqual({answer.status_code for answer in answers}, {403})
        self.assertEqual({answer.content for answer in answers}, {b""})
        self.assertFalse(triggers.records)

    def test_a_store_that_is_not_there_takes_as_long(self):
        gone = self.backend.copy()
        self.env.flush_all()
        gone.unlink()
        counts = []
        for number in (self.backend.id, gone.id):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            store = self.env["bigcommerce.backend"].search([("id", "=", number)])
            self.assertFalse(store._webhook_secret_matches({SECRET_HEADER: "wrong"}))
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(*counts)

    def test_a_store_without_a_secret_takes_no_events(self):
        self.secrets._put(self.backend, webhook_secret=False)
        self.assertEqual(self.call("").status_code, 403)
        self.assertEqual(self.call("right").status_code, 403)

    def test_nonsense_is_refused(self):
        deep = "[" * 30_000 + "]" * 30_000
        for body in ("not JSON", "[]", "{}", b"\xff\xfe", deep, '{"scope": [7]}'):
            self.assertEqual(self.call(body=body).status_code, 400, body)

    @mute_logger("odoo.http")
    def test_another_stores_event_is_refused(self):
        self.backend.store_hash = "demo"
        event = {"scope": "store/order/updated", "data": {"type": "order", "id": 7}}
        for producer, status in (("stores/demo", 204), ("stores/other", 403)):
            with self.capture_triggers(IMPORT) as triggers:
                answer = self.call(body=json.dumps({**event, "producer": producer}))
            self.assertEqual(answer.status_code, status)
            self.assertEqual(len(triggers.records), status == 204)

    def test_a_large_body_is_refused(self):
        answer = self.call(body=json.dumps({"scope": "x" * 70_000}))
        self.assertEqual(answer.status_code, 413)

    def test_a_store_that_is_switched_off_is_not_looked_at(self):
        self.backend.sync_enabled = False
        with self.capture_triggers(IMPORT) as triggers:
            self.assertEqual(self.call().status_code, 204)
        self.assertFalse(triggers.records)


@tagged("post_install", "-at_install")
class TestWebhookRegistration(BigCommerceCase):
    def setUp(self):
        super().setUp()
        self.backend.webhook_url = (
            f"https://odoo.example.com/bigcommerce/webhook/{self.backend.id}"
        )

    def hooks(self):
        return {hook["scope"]: hook for hook in self.backend._client().hooks()}

    def test_each_scope_is_registered_once(self):
        self.backend.action_register_webhooks()
        self.backend.action_register_webhooks()
        hooks = self.backend._client().hooks()
        self.assertEqual(sorted(hook["scope"] for hook in hooks), sorted(ORDER_SCOPES))
        self.assertEqual(len(self.sim.calls_to("POST", r"/hooks$")), len(ORDER_SCOPES))
        self.assertTrue(self.backend.use_webhooks)
        for hook in hooks:
            self.assertEqual(hook["destination"], self.backend.webhook_url)
            self.assertEqual(hook["headers"]["X-Odoo-Database"], self.env.cr.dbname)
            self.assertEqual(
                hook["headers"][SECRET_HEADER],
                self.env["bigcommerce.secret"]._of(self.backend).webhook_secret,
            )

    def test_a_hook_that_was_switched_off_comes_back(self):
        self.backend.action_register_webhooks()
        client, hooks = self.backend._client(), self.hooks()
        client.update_hook(hooks["store/order/updated"]["id"], {"is_active": False})
        client.delete_hook(hooks["store/order/created"]["id"])
        self.run_cron("cron_maintenance")
        hooks = self.hooks()
        self.assertEqual(set(hooks), set(ORDER_SCOPES))
        self.assertTrue(all(hook["is_active"] for hook in hooks.values()))

    def test_hooks_go_when_they_are_not_wanted_any_more(self):
        self.backend.action_register_webhooks()
        self.backend.use_webhooks = False
        self.run_cron("cron_maintenance")
        self.assertFalse(self.hooks())
        self.assertFalse(
            self.env["bigcommerce.secret"]._of(self.backend).webhook_secret
        )

    def test_hooks_that_cannot_be_repaired_are_told(self):
        """Each store has a run of its own, and the reason stands in it."""
        self.backend.action_register_webhooks()
        self.sim.faults.add("server_error", path=r"/hooks$", times=9, status=501)
        self.run_cron("cron_maintenance")
        run = self.backend.sync_run_ids[0]
        self.assertEqual((run.kind, run.state), ("repair_webhooks", "failed"))
        self.assertTrue(run.message)
        self.sim.faults.clear()
        self.run_cron("cron_maintenance")
        self.assertEqual(self.backend.sync_run_ids[0].state, "done")

    def test_hooks_of_others_stay(self):
        client = self.backend._client()
        client.create_hook("store/order/created", "https://other.example.com/", {})
        self.backend.action_register_webhooks()
        self.backend.use_webhooks = False
        self.run_cron("cron_maintenance")
        self.assertEqual(
            [hook["destination"] for hook in client.hooks()],
            ["https://other.example.com/"],
        )

    def test_only_safe_addresses_are_registered(self):
        for address in ("http://odoo.example.com/x", "ftp://127.0.0.1.example.com/x"):
            self.backend.webhook_url = address
            with self.assertRaises(UserError) as error:
                self.backend.action_register_webhooks()
            self.assertIn(address, str(error.exception))
        self.assertFalse(self.sim.calls_to("POST", r"/hooks$"))

    def test_a_legacy_account_has_no_webhooks(self):
        self.backend.write({"auth_method": "legacy", "access_token": self.sim.token})
        self.backend.state = "connected"
        with self.assertRaisesRegex(UserError, "Legacy API accounts"):
            self.backend.action_register_webhooks()

    def test_only_a_manager_registers_and_nobody_reads_the_secret(self):
        user = new_test_user(
            self.env, "clerk", groups="connector_bigcommerce.group_user"
        )
        manager = new_test_user(
            self.env, "chief", groups="connector_bigcommerce.group_manager"
        )
        with self.assertRaises(AccessError):
            self.backend.with_user(user).action_register_webhooks()
        self.backend.with_user(manager).action_register_webhooks()
        secret = self.env["bigcommerce.secret"]._of(self.backend).webhook_secret
        self.assertGreaterEqual(len(secret), 32)
        with self.assertRaises(AccessError):
            self.env["bigcommerce.secret"].with_user(manager).search([])
        self.assertNotIn(secret, str(self.backend.with_user(manager).read()))


@tagged("post_install", "-at_install")
class TestWebhookAddress(TransactionCase):
    def test_the_address_is_this_servers_own(self):
        parameters = self.env["ir.config_parameter"]
        parameters.set_param("web.base.url", "https://odoo.example.com")
        backend = self.env["bigcommerce.backend"].create({"name": "Shop"})
        backend.use_webhooks = True
        self.assertEqual(
            backend.webhook_url,
            f"https://odoo.example.com/bigcommerce/webhook/{backend.id}",
        )
