import json
import logging
from unittest.mock import patch

from odoo.exceptions import UserError, ValidationError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from ...models.store.database_identity import fingerprint
from ..common import BigCommerceCase
from .access_case import GROUPS

SECRET = "s3cr3t-t0k3n"


@tagged("post_install", "-at_install")
class TestSecrets(BigCommerceCase):
    """A token goes in and never comes out."""

    def setUp(self):
        super().setUp()
        manager = new_test_user(self.env, "chief", groups=GROUPS["manager"])
        self.secrets = self.env["bigcommerce.secret"]
        self.store = self.backend.with_user(manager)

    def kept(self):
        return self.secrets._of(self.backend).access_token

    def test_what_was_typed_in_is_not_answered(self):
        answer = self.store.web_save({"access_token": SECRET}, {"access_token": {}})
        self.assertEqual(answer[0]["access_token"], False)
        values = {"name": "New", "access_token": SECRET}
        new = self.store.browse().web_save(values, {"access_token": {}, "name": {}})
        self.assertEqual(new[0]["access_token"], False)
        self.assertEqual(self.kept(), SECRET)

    def test_no_row_that_an_error_could_show_holds_it(self):
        self.store.access_token = SECRET
        self.env.flush_all()
        self.env.cr.execute("SELECT bigcommerce_backend::text FROM bigcommerce_backend")
        self.assertNotIn(SECRET, str(self.env.cr.fetchall()))

    def test_the_log_of_calls_holds_stars(self):
        logger = logging.getLogger("odoo.service.model")
        for typed in (
            [[7], {"access_token": SECRET, "name": "Shop"}],
            {"vals": {"name": "x", "access_token": f'"{SECRET}\\\'"'}},
        ):
            with self.assertLogs(logger, logging.DEBUG) as logs:
                logger.debug("call %s.%s(%s)", "store", "web_save", typed)
            self.assertNotIn(SECRET, logs.output[0])
            self.assertIn("'access_token': '***'", logs.output[0])

    def test_signs_that_cannot_be_seen_are_left_out(self):
        self.store.access_token = f"\ufeff {SECRET[:3]}\u200b{SECRET[3:]}\x00\n"
        self.assertEqual(self.kept(), SECRET)

    def test_what_is_no_token_is_refused_without_being_shown(self):
        for typed in ("s3cr3t token", "s3cr3t-tökén"):
            with self.assertRaises(ValidationError) as error:
                self.store.access_token = typed
            self.assertNotIn("s3cr3t", str(error.exception))

    def test_it_is_for_one_host(self):
        self.store.api_path = "http://127.0.0.1:1/stores/demo/v3/"
        self.assertFalse(self.kept())
        self.assertFalse(self.store.has_access_token)
        self.assertEqual(self.store.state, "draft")

    def test_it_is_for_one_kind_of_account(self):
        self.store.auth_method = "legacy"
        self.assertFalse(self.kept())

    def test_another_store_of_the_same_host_keeps_it(self):
        self.store.api_path = self.sim.api_path.replace("demo", "other")
        self.assertTrue(self.kept())

    def test_only_bigcommerce_gets_to_see_a_token(self):
        for host in ("api.example.com", "api.bigcommerce.com.example.com"):
            with self.assertRaisesRegex(UserError, "api.bigcommerce.com"):
                self.store.api_path = f"https://{host}/stores/demo/v3/"
        self.store.api_path = "https://api.bigcommerce.com/stores/demo/v3/"

    def test_a_store_does_not_become_another_one(self):
        self.backend.store_hash = "known"
        with self.assertRaisesRegex(UserError, "This is another store"):
            self.store.action_test_connection()
        self.assertEqual(self.backend.store_hash, "known")

    def test_answers_of_wrong_types_are_told_in_words(self):
        for answer in ([], "nonsense", {"id": {"a": 1}, "timezone": [7]}, None):
            with self.answering("store", answer), self.assertRaises(UserError):
                self.store.action_test_connection()
        for method in ("order_statuses", "currencies", "payment_methods", "tax_zones"):
            for answer in ([7], [{"id": "x"}], [{"id": {}, "name": []}], 7):
                with self.answering(method, answer), mute_logger(FETCH):
                    try:
                        self.store.action_fetch_settings()
                    except UserError as error:
                        self.assertIn("as BigCommerce describes it", str(error))

    def answering(self, method, answer):
        client = "odoo.addons.connector_bigcommerce.client.client.Client"
        return patch(f"{client}.{method}", lambda *args: answer)


FETCH = "odoo.addons.connector_bigcommerce.models.store.fetch_settings"


class OtherServer:
    """A cursor of a database of the same name on another server."""

    def __init__(self, cr):
        self._cr, self.dbname = cr, cr.dbname

    def execute(self, query):
        self._cr.execute(query.replace("system_identifier", "system_identifier + 1"))

    def fetchone(self):
        return self._cr.fetchone()


@tagged("post_install", "-at_install")
class TestCopyOnAnotherServer(BigCommerceCase):
    def test_it_is_known_by_the_servers_own_number(self):
        here = fingerprint(self.env.cr, "uuid")
        self.assertEqual(fingerprint(self.env.cr, "uuid"), here)
        self.assertNotEqual(fingerprint(OtherServer(self.env.cr), "uuid"), here)

    def test_the_copy_sends_nothing(self):
        there = fingerprint(OtherServer(self.env.cr), "uuid")
        self.backend.connected_database = there
        calls = len(self.sim.calls)
        self.run_cron("cron_import_orders")
        self.assertEqual(self.backend.state, "paused")
        self.assertEqual(len(self.sim.calls), calls)


@tagged("post_install", "-at_install")
class TestHooksOfAStore(BigCommerceCase):
    def test_odd_answers_about_hooks_break_nothing(self):
        self.backend.webhook_url = "https://odoo.example.com/x"
        self.backend.use_webhooks = True
        for hooks in ([7], [{}], [{"id": 7}], [{"id": "x", "destination": []}]):
            with self.sim_answers(hooks):
                self.run_cron("cron_maintenance")
        self.assertTrue(self.backend.use_webhooks)

    def sim_answers(self, hooks):
        path = "odoo.addons.connector_bigcommerce.client.transport.Transport.request"

        def request(transport, method, path, params=None, body=None):
            return {"data": json.loads(json.dumps(hooks)) if method == "GET" else {}}

        return patch(path, request)
