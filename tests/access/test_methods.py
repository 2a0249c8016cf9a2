from odoo.tests import tagged

from .access_case import AccessCase, our_methods

MANAGERS = {"manager"}
USERS = {"manager", "user"}

# Who may call what of the own company's records; nobody may of another's.
METHODS = {
    "bigcommerce.backend": {
        "action_test_connection": MANAGERS,
        "action_fetch_settings": MANAGERS,
        "action_take_over": MANAGERS,
        "action_check_readiness": MANAGERS,
        "action_next_step": MANAGERS,
        "action_go_live": MANAGERS,
        "action_register_webhooks": MANAGERS,
        "action_take_initial_stock": MANAGERS,
        "action_dismiss_shipments": MANAGERS,
        "action_import_orders": USERS,
        "action_export_shipments": USERS,
        "action_push_inventory": USERS,
        "action_audit_inventory": USERS,
        "action_preview_inventory": USERS,
        "action_link_products": USERS,
        "action_dry_run": USERS,
        "action_prove": USERS,
    },
    "bigcommerce.order": {
        "action_retry": USERS,
        "action_refetch": USERS,
        "action_accept_difference": USERS,
        "action_import_anyway": USERS,
        "action_leave_out": USERS,
        "action_create_taxes": MANAGERS,
        "action_open_sale_orders": USERS,
        "action_open_in_store": USERS,
    },
    "bigcommerce.shipment": {"action_retry": USERS, "action_open_in_store": USERS},
    "bigcommerce.refund": {"action_retry": USERS, "action_open_credit_note": USERS},
    "bigcommerce.product": {
        "action_create_products": USERS,
        "action_archive_missing": MANAGERS,
        "action_track_inventory": USERS,
        "action_open_in_store": USERS,
    },
    "bigcommerce.variant": {
        "action_create_products": USERS,
        "action_open_in_store": USERS,
    },
    "bigcommerce.proof": {"action_prove_again": USERS},
    "bigcommerce.proof.line": {"action_open": USERS},
    "bigcommerce.stock.level": {"action_retry": USERS},
    "bigcommerce.exception": {
        "action_open": USERS,
        "action_plan": USERS,
        "action_retry": USERS,
    },
    "bigcommerce.finding": {"action_fix": USERS},
    "bigcommerce.sync.run": {"action_open_differences": USERS, "action_stop": USERS},
    "bigcommerce.tax.mapping": {"action_create_tax": MANAGERS},
    "bigcommerce.order.fetch": {"action_fetch": USERS},
    "bigcommerce.link.import": {"action_import": USERS},
    "product.template": {"action_show_bigcommerce_products": USERS},
    "sale.order": {
        "action_open_bigcommerce_order": USERS,
        "action_show_bigcommerce_order": USERS,
    },
    "stock.picking": {"action_show_bigcommerce_order": USERS},
}
# Odoo's own methods that we add to: who may call them is Odoo's to say, and what
# fields they may write is in test_fields.py.
OVERRIDDEN = {
    "create",
    "write",
    "unlink",
    "copy_data",
    "action_confirm",
    "message_subscribe",
}


@tagged("post_install", "-at_install")
class TestMethods(AccessCase):
    """Each public method, called over HTTP as each kind of person."""

    def test_every_method_says_who_may_call_it(self):
        found = {
            (model, method)
            for model, method in our_methods(self.env)
            if method not in OVERRIDDEN
        }
        told = {(model, method) for model in METHODS for method in METHODS[model]}
        self.assertEqual(found, told)

    def test_those_who_may_and_nobody_else(self):
        for role in self.people:
            for model, method, allowed in rows():
                with self.subTest(f"{role}: {model}.{method}"):
                    record = self.own_record(role, model)
                    refused = self.call(role, record, method)
                    self.assertEqual(not refused, role in allowed, refused)

    def test_nobody_calls_them_on_another_companys_records(self):
        for role in self.people:
            for model, method, _allowed in rows():
                with self.subTest(f"{role}: {model}.{method}"):
                    self.assertTrue(self.call(role, self.foreign[model], method))

    def test_a_store_that_is_away_is_told_in_words(self):
        for fault, options in (("server_error", {"status": 503}), ("html", {})):
            self.sim.faults.clear()
            self.sim.faults.add(fault, times=10**6, **options)
            for model, method, _allowed in rows():
                with self.subTest(f"{fault}: {model}.{method}"):
                    record = self.own_record("manager", model)
                    self.assertFalse(self.call("manager", record, method))

    def test_nobody_calls_what_is_the_systems(self):
        for method in ("_cron_import_orders", "_synchronize", "_as_system", "_client"):
            answer = self.rpc("manager", self.records["bigcommerce.backend"], method)
            self.assertIn("error", answer)

    def own_record(self, role, model):
        """Return a record of the own company; of what each makes for oneself, an own
        one."""
        record = self.records[model]
        if record.is_transient() and role in USERS:
            values = {"backend_id": self.backend.id, "file": "U0tVCg=="}
            values = {name: values[name] for name in values if name in record._fields}
            return record.with_user(self.people[role]).create(values)
        return record

    def call(self, role, record, method):
        """Return who refuses the call, or None when it was allowed.

        Whatever is allowed is answered with something that XML-RPC can carry, or with
        words for a person.
        """
        answer = self.rpc(role, record, method)
        if "error" not in answer:
            self.assertIsNotNone(answer.get("result"), "XML-RPC carries no None")
            return None
        error = answer["error"]["data"]
        if error["name"] == "odoo.exceptions.UserError":
            return None
        self.assertEqual(error["name"], "odoo.exceptions.AccessError", error["debug"])
        return error["message"]


def rows():
    """Yield (model, method, who may call it)."""
    for model, methods in METHODS.items():
        for method, allowed in methods.items():
            yield model, method, allowed
