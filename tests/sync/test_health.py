from odoo.exceptions import AccessError
from odoo.tests import HttpCase, new_test_user, tagged

from ..common import BigCommerceCase

ACTION = "connector_bigcommerce.action_bigcommerce_health"


@tagged("post_install", "-at_install")
class TestHealth(BigCommerceCase, HttpCase):
    """What a program that watches the server is told."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.add_product("Mug", "MUG-1", stock=100)
        cls.path = f"/bigcommerce/health/{cls.env['bigcommerce.health']._get_key()}"

    def report(self, status):
        self.env.flush_all()
        answer = self.url_open(self.path)
        self.assertEqual(answer.status_code, status, answer.text)
        self.assertNotIn("Set-Cookie", answer.headers)
        (store,) = [
            store for store in answer.json()["stores"] if store["id"] == self.backend.id
        ]
        return store

    def test_all_is_well(self):
        self.import_order([("MUG-1", 1)])
        store = self.report(200)
        self.assertEqual(store["state"], "connected")
        self.assertEqual(store["orders"]["waiting"], 0)
        run = store["directions"]["import_orders"]
        self.assertEqual(run["state"], "done")
        end = self.backend.sync_run_ids[:1].end
        self.assertEqual(run["last_success"], f"{end.isoformat()}Z")

    def test_a_person_is_needed(self):
        self.shop.add_product("Cup", sku="CUP-1", stock=1)
        order = self.import_order([("CUP-1", 1)])
        self.assertEqual(order.state, "held")
        store = self.report(503)
        self.assertEqual((store["exceptions"], store["orders"]["held"]), (1, 1))

    def test_what_waits_and_since_when(self):
        order = self.import_order([("MUG-1", 1)])
        order.sudo().write({"state": "pending"})
        orders = self.report(200)["orders"]
        self.assertEqual(orders["waiting"], 1)
        since = order.create_date.replace(microsecond=0).isoformat()
        self.assertTrue(orders["oldest_waiting"].startswith(since))

    def test_a_paused_store(self):
        self.backend.state = "paused"
        self.assertEqual(self.report(503)["state"], "paused")

    def test_a_stranger_learns_nothing(self):
        for key in ("wrong", "wröng", self.path.rsplit("/", 1)[1][:-1]):
            answer = self.url_open(f"/bigcommerce/health/{key}")
            self.assertEqual((answer.status_code, answer.text), (404, ""))
        self.env["ir.config_parameter"].set_param(
            "connector_bigcommerce.health_key", False
        )
        self.assertEqual(self.url_open(self.path).status_code, 404)

    def test_a_manager_opens_it_and_nobody_else(self):
        for group, may in (("manager", True), ("user", False)):
            user = new_test_user(
                self.env, f"{group}-1", groups=f"connector_bigcommerce.group_{group}"
            )
            action = self.env.ref(ACTION).with_user(user).sudo(False)
            if may:
                self.assertEqual(action.run()["url"], self.path)
            else:
                with self.assertRaises(AccessError):
                    action.run()

    def test_it_costs_few_queries_and_asks_no_store(self):
        self.sim.calls.clear()
        self.report(200)
        self.assertFalse(self.sim.calls)
