import base64

from lxml import etree

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .access_case import AccessCase, our_models
from .test_methods import METHODS


@tagged("post_install", "-at_install")
class TestSystemWork(AccessCase):
    """What people start is the system's work: the same whoever starts it, and how."""

    def test_the_callers_context_changes_nothing(self):
        remote_id = self.shop.buy([("MUG-1", 1)])
        store = self.backend.with_user(self.people["user"])
        odd = {"skip_procurement": True, "default_state": "cancel", "lang": "en_US"}
        self.run_action("action_import_orders", store.with_context(**odd))
        sale = self.inbox(remote_id).sale_order_ids
        self.assertEqual(sale.state, "sale")
        self.assertTrue(sale.picking_ids)

    def test_a_store_that_is_switched_off_or_archived_does_nothing(self):
        store = self.backend.with_user(self.people["user"])
        for values in (
            {"sync_enabled": False},
            {"sync_enabled": True, "active": False},
        ):
            self.backend.write(values)
            self.sim.calls.clear()
            for action in ("import_orders", "push_inventory", "link_products"):
                with self.assertRaisesRegex(UserError, "Shop is switched off"):
                    getattr(store, f"action_{action}")()
            self.assertFalse(self.sim.calls)

    def test_an_order_with_a_store_of_its_own_is_not_to_be_made_up(self):
        order = self.foreign["bigcommerce.order"]
        with self.assertRaises(AccessError):
            self.env["sale.order"].with_user(self.people["salesman"]).create(
                {
                    "partner_id": self.env.user.partner_id.id,
                    "bigcommerce_order_id": order.id,
                }
            )
        self.assertEqual(order.sale_order_ids.state, "sale")

    def test_no_days_are_negative(self):
        for name in ("payload_retention_days", "run_retention_days"):
            with mute_logger("odoo.sql_db", "odoo.http"):
                answer = self.rpc("manager", self.backend, "write", {name: -1})
            self.assertIn("0 days or more", answer["error"]["data"]["message"])


@tagged("post_install", "-at_install")
class TestButtons(AccessCase):
    """A button is shown to those who may press it."""

    def test_each_button_of_ours(self):
        pressed = set()
        for role in ("manager", "user", "salesman", "warehouse"):
            for model, method in self.shown_to(role):
                pressed.add((model, method))
                with self.subTest(f"{role}: {model}.{method}"):
                    self.assertIn(role, METHODS[model][method])
        self.assertGreater(len(pressed), 20)

    def shown_to(self, role):
        """Yield (model, method) of the buttons that a person sees somewhere."""
        for name in our_models(self.env):
            model = self.env[name].with_user(self.people[role])
            if not model.has_access("read"):
                continue
            for kind in ("form", "list"):
                arch = etree.fromstring(model.get_view(view_type=kind)["arch"])
                for button in arch.iter("button"):
                    owner = self.owner_of(button, model)
                    if button.get("name") in METHODS.get(owner, ()):
                        yield owner, button.get("name")

    def owner_of(self, button, model):
        """Return the model that a button works on: of the list it stands in."""
        path = [node.get("name") for node in button.iterancestors("field")]
        for name in reversed(path):
            model = model[name]
        return model._name


@tagged("post_install", "-at_install")
class TestLinkFile(AccessCase):
    """A file of links changes what its writer may change, and nobody else reads it."""

    def wizard(self, text, store=None, person="user"):
        values = {
            "backend_id": (store or self.backend).id,
            "file": base64.b64encode(text.encode()),
        }
        wizards = self.env["bigcommerce.link.import"]
        return wizards.with_user(self.people[person]).create(values)

    def test_nothing_is_linked_or_told_of_another_companys_store(self):
        for text in ("SKU,Max Quantity\nMUG-1,3\n", "SKU\nNO-SUCH\n"):
            wizard = self.wizard(text, self.foreign["bigcommerce.backend"])
            with self.assertRaises(AccessError) as error:
                wizard.action_import()
            self.assertNotIn("NO-SUCH", str(error.exception))
        self.assertFalse(self.foreign["bigcommerce.variant"].override_rules)

    def test_another_persons_file_is_not_read(self):
        wizard = self.wizard("SKU\nMUG-1\n")
        other = new_test_user(
            self.env, "other", groups="connector_bigcommerce.group_manager"
        )
        with self.assertRaises(AccessError):
            wizard.with_user(other).read(["file"])

    def test_what_cannot_be_taken_is_named_by_line_and_column(self):
        for value, column in (
            ("9" * 30, "Max Quantity"),
            ("9" * 400, "End When"),
            ("101", "Max Percentage"),
            ("-1", "Max Quantity"),
            ("maybe", "BC_SubSource_Enabled"),
        ):
            with self.assertRaisesRegex(UserError, f"Line 2: {column}: “{value[:30]}"):
                self.wizard(f"SKU,{column}\nMUG-1,{value}\n").action_import()
        with self.assertRaisesRegex(UserError, "Line 2: SKU holds signs"):
            self.wizard("SKU,Max Quantity\nMUG\x00-1,3\n").action_import()
        with self.assertRaisesRegex(UserError, "Line 2"):
            self.wizard(f"SKU\n{'x' * 200_000}\n").action_import()
        with self.assertRaisesRegex(UserError, "The first line must name"):
            self.wizard("").action_import()
