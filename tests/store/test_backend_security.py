from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from ..common import BigCommerceCase


@tagged("post_install", "-at_install")
class TestSecrets(BigCommerceCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = new_test_user(
            cls.env, "bc-manager", groups="connector_bigcommerce.group_manager"
        )
        cls.user = new_test_user(
            cls.env, "bc-user", groups="connector_bigcommerce.group_user"
        )
        cls.stranger = new_test_user(cls.env, "bc-none", groups="base.group_user")

    def test_a_manager_writes_the_token_and_never_reads_it(self):
        store = self.backend.with_user(self.manager)
        store.access_token = "new-secret"
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertFalse(store.access_token)
        self.assertTrue(store.has_access_token)
        secrets = self.env["bigcommerce.secret"]
        self.assertEqual(secrets._of(self.backend).access_token, "new-secret")
        with self.assertRaises(AccessError):
            secrets.with_user(self.manager).search([])

    def test_a_manager_may_call_the_store_with_the_stored_token(self):
        store = self.backend.with_user(self.manager)
        store.action_test_connection()
        self.assertEqual(store.state, "connected")

    def test_a_user_neither_reads_nor_changes_the_set_up(self):
        store = self.backend.with_user(self.user)
        self.assertNotIn("access_token", store.fields_get())
        for action in ("action_test_connection", "action_fetch_settings"):
            with self.assertRaises(AccessError):
                getattr(store, action)()
        with self.assertRaises(AccessError):
            store.name = "Mine"

    def test_a_manager_sets_a_store_up_without_other_rights(self):
        self.add_product("Mug", "MUG-1", stock=5)
        store = self.backend.with_user(self.manager)
        store.action_fetch_settings()
        mapping = self.env["bigcommerce.tax.mapping"].with_user(self.manager)
        mapping = mapping.create({"backend_id": store.id, "rate": 19, "name": "VAT"})
        mapping.action_create_tax()
        self.assertEqual(mapping.tax_id.amount, 19)
        store.write({"visibility_policy": "all", "max_percentage": 50})
        self.env.flush_all()
        self.run_action("action_link_products", store)
        variant = store.product_ids.variant_ids.with_user(self.manager)
        variant.write({"override_rules": True, "max_quantity": 3})
        self.run_action("action_push_inventory", store)
        self.assertEqual(self.shop.stock("MUG-1"), 3)

    def test_a_user_does_the_daily_work_without_other_rights(self):
        self.add_product("Mug", "MUG-1", stock=5)
        self.shop.add_product(name="Cup", sku="CUP-1", stock=5)
        good, bad = self.shop.buy([("MUG-1", 1)]), self.shop.buy([("CUP-1", 1)])
        store = self.backend.with_user(self.user)
        self.run_action("action_link_products", store)
        self.run_action("action_import_orders", store)
        self.assertEqual(self.inbox(good).state, "imported")
        held = self.inbox(bad).with_user(self.user)
        self.assertEqual(held.state, "held")
        cup = self.env["product.product"].create({"name": "Cup"})
        listing = self.env["bigcommerce.variant"].with_user(self.user)
        listing.search([("sku", "=", "CUP-1")]).product_id = cup
        self.env.flush_all()
        self.run_action("action_retry", held)
        self.assertEqual(held.state, "imported")
        self.run_action("action_export_shipments", store)
        self.run_action("action_push_inventory", store)
        self.run_action("action_audit_inventory", store)
        self.assertEqual(self.shop.stock("MUG-1"), 4)
        sale = held.sale_order_ids.with_user(self.user)
        self.assertEqual(sale.bigcommerce_backend_id.name, "Shop")

    def test_others_see_no_store(self):
        with self.assertRaises(AccessError):
            self.backend.with_user(self.stranger).read(["name"])
        with self.assertRaises(AccessError):
            self.backend.with_user(self.stranger).action_import_orders()

    def test_another_companys_store_is_not_there(self):
        company = self.env["res.company"].create({"name": "Elsewhere"})
        foreigner = new_test_user(
            self.env,
            "bc-elsewhere",
            groups="connector_bigcommerce.group_manager",
            company_id=company.id,
            company_ids=[(6, 0, company.ids)],
        )
        stores = self.env["bigcommerce.backend"].with_user(foreigner).search([])
        self.assertNotIn(self.backend, stores)
