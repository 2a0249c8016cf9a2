from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from ..common import BigCommerceCase


@tagged("post_install", "-at_install")
class TestInitialStock(BigCommerceCase):
    """The store's stock becomes Odoo's, once."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.backend.sync_inventory = False
        cls.shop.add_product("Mug", sku="MUG", stock=12)
        cls.mug = cls.env["product.product"].create(
            {"name": "Mug", "default_code": "MUG", "is_storable": True}
        )

    def setUp(self):
        super().setUp()
        self.run_action("action_link_products")

    def test_both_sides_agree_afterwards(self):
        self.shop.buy([("MUG", 2)])
        self.run_cron("cron_import_orders")
        self.shop.buy([("MUG", 1)], status_id=12)
        self.run_cron("cron_import_orders")
        answer = self.run_action("action_take_initial_stock")
        self.assertIn("1 quantities counted", answer["params"]["message"])
        self.assertEqual(self.mug.qty_available, 12, "9 shown, 3 sold and still here")
        self.backend.sync_inventory = True
        self.env.cr.flush()
        self.run_cron("cron_push_inventory")
        self.assertEqual(self.shop.stock("MUG"), 9)

    def test_it_is_possible_once(self):
        self.run_action("action_take_initial_stock")
        with self.assertRaises(UserError):
            self.run_action("action_take_initial_stock")

    def test_not_while_odoo_sends_its_own(self):
        self.backend.sync_inventory = True
        with self.assertRaises(UserError):
            self.run_action("action_take_initial_stock")

    def test_only_managers_may(self):
        user = new_test_user(
            self.env, "daily", groups="connector_bigcommerce.group_user"
        )
        with self.assertRaises(AccessError):
            self.backend.with_user(user).action_take_initial_stock()
