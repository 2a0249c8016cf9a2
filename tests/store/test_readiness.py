from odoo.exceptions import UserError
from odoo.tests import tagged

from ..common import BigCommerceCase


@tagged("post_install", "-at_install")
class TestReadiness(BigCommerceCase):
    """What a store lacks is named, with what mends it, before it goes live."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.backend.is_live = False
        cls.add_product("Mug", "MUG-1", stock=5)
        cls.backend.payment_mapping_ids.journal_id = cls.env["account.journal"].search(
            [("type", "=", "bank")], limit=1
        )

    def find(self, step, severity=None):
        """Check, and return {message: what mends it} of a step."""
        self.backend.action_check_readiness()
        rows = self.backend.finding_ids.filtered(lambda row: row.step == step)
        if severity:
            rows = rows.filtered(lambda row: row.severity == severity)
        return {row.message: row.fix for row in rows}

    def assertFound(self, step, severity, words, fix=False):
        found = self.find(step, severity)
        self.assertIn(words, "\n".join(found))
        fixes = {text: fix for text, fix in found.items() if words in text}
        self.assertIn(fix, fixes.values())

    def test_each_step_says_that_it_is_ready(self):
        carrier = self.env["delivery.carrier"].create(
            {
                "name": "Post",
                "product_id": self.env["product.product"].create({"name": "Post"}).id,
            }
        )
        self.backend.shipping_mapping_ids.carrier_id = carrier
        self.run_action("action_link_products")
        self.backend.action_check_readiness()
        worst = self.backend.finding_ids.filtered(lambda row: row.severity != "ok")
        self.assertFalse(worst.mapped("message"))
        self.assertEqual(
            set(self.backend.finding_ids.mapped("step")),
            {"connect", "statuses", "shipping", "payments", "products", "live"},
        )

    def test_a_scope_that_is_missing_is_named(self):
        for path, name in (
            ("/v2/orders", "Orders"),
            ("/v3/catalog/products", "Products"),
            ("/v3/inventory/items", "Store Inventory"),
            ("/v3/inventory/locations", "Store Locations"),
            ("/v2/currencies", "Information & Settings"),
        ):
            self.sim.faults.add("server_error", "GET", path, status=403)
            self.assertFound("connect", "blocking", f"scope “{name}”")
            self.sim.faults.clear()

    def test_it_is_found_out_by_harmless_calls(self):
        self.backend.action_check_readiness()
        self.assertEqual({call.method for call in self.sim.calls}, {"GET"})

    def test_a_store_that_is_away_is_no_surprise(self):
        self.sim.faults.add("server_error", times=99, status=500)
        self.assertFound("connect", "blocking", "HTTP 500")

    def test_a_store_that_is_not_connected(self):
        self.backend.state = "draft"
        self.assertFound(
            "connect", "blocking", "not connected", "action_test_connection"
        )

    def test_statuses(self):
        self.backend.status_mapping_ids.import_action = "ignore"
        action = "connector_bigcommerce.action_bigcommerce_status_mapping"
        self.assertFound("statuses", "blocking", "No status says", action)
        self.backend.status_mapping_ids.unlink()
        self.assertFound(
            "statuses", "blocking", "were not fetched", "action_fetch_settings"
        )

    def test_services_payments_taxes_and_currency(self):
        service = self.backend.shipping_mapping_ids[0].name
        action = "connector_bigcommerce.action_bigcommerce_shipping_mapping"
        self.assertFound("shipping", "warning", service, action)
        self.backend.payment_mapping_ids.write(
            {"invoicing": "paid", "journal_id": False}
        )
        action = "connector_bigcommerce.action_bigcommerce_payment_mapping"
        self.assertFound("payments", "warning", "without the journal", action)
        self.backend.tax_mapping_ids.tax_id = False
        action = "connector_bigcommerce.action_bigcommerce_tax_mapping"
        self.assertFound("payments", "warning", "whose orders are held", action)
        self.backend.default_currency_id = self.env["res.currency"].create(
            {"name": "XTS", "symbol": "T", "active": False}
        )
        self.assertFound(
            "payments", "blocking", "XTS is not active", "base.action_currency_all_form"
        )

    def test_listings(self):
        self.assertFound("products", "warning", "not read yet", "action_link_products")
        self.shop.add_product(name="Blank", sku="", stock=1)
        self.shop.add_product(name="Cup", sku="CUP", stock=1)
        self.shop.add_product(name="Free", sku="FREE", tracking="none")
        self.env["product.product"].create(
            [
                {"name": "One", "default_code": "FREE"},
                {"name": "2", "default_code": "FREE"},
            ]
        )
        self.run_action("action_link_products")
        action = "connector_bigcommerce.action_bigcommerce_variant"
        for words in (
            "1 listings have neither SKU",
            "1 listings have an SKU that no",
            "1 listings have an SKU that several",
        ):
            self.assertFound("products", "warning", words, action)
        action = "connector_bigcommerce.action_bigcommerce_product"
        self.assertFound("products", "warning", "does not count the units of 1", action)
        twins = self.backend.product_ids.variant_ids[:2]
        twins.sku = "SAME"
        self.assertIn("2 listings share", "\n".join(self.find("products")))

    def test_stock(self):
        self.run_action("action_link_products")
        mug = self.env["product.product"].search([("default_code", "=", "MUG-1")])
        self.set_stock(mug, 0)
        action = "stock.dashboard_open_quants"
        self.assertFound("products", "blocking", "would sell out", action)
        place = self.env["stock.warehouse"].search([], limit=1).lot_stock_id
        self.env["stock.quant"]._update_available_quantity(mug, place, -2)
        self.assertFound("products", "warning", "1 linked products is negative", action)
        self.backend.sync_inventory = False
        self.assertNotIn("sell out", "\n".join(self.find("products")))

    def test_orders_that_wait(self):
        self.shop.add_product(name="Cup", sku="CUP", stock=1)
        self.import_order([("CUP", 1)])
        action = "connector_bigcommerce.action_bigcommerce_order"
        self.assertFound("live", "warning", "1 orders wait", action)

    def test_what_mends_it_is_a_button(self):
        self.backend.status_mapping_ids.unlink()
        self.backend.action_check_readiness()
        blocking = self.backend.finding_ids.filtered(
            lambda row: row.severity == "blocking"
        )
        blocking.action_fix()
        self.assertTrue(self.backend.status_mapping_ids)
        shipping = self.backend.finding_ids.filtered(lambda row: row.step == "shipping")
        action = shipping.action_fix()
        self.assertEqual(action["res_model"], "bigcommerce.shipping.mapping")
        self.assertEqual(
            self.env[action["res_model"]].search(action["domain"]),
            self.backend.shipping_mapping_ids,
        )


@tagged("post_install", "-at_install")
class TestGoLive(BigCommerceCase):
    """Nothing is written to a store before a person lets it go live."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.backend.is_live = False
        cls.add_product("Mug", "MUG-1", stock=50)

    def test_nothing_is_written_before(self):
        self.backend.use_webhooks = True
        self.run_action("action_link_products")
        order = self.import_order([("MUG-1", 1)])
        self.assertEqual(order.state, "imported")
        self.deliver(order)
        mug = self.env["product.product"].search([("default_code", "=", "MUG-1")])
        self.set_stock(mug, 7)
        for cron in ("import_orders", "export_shipments", "push_inventory"):
            self.run_cron(f"cron_{cron}")
        self.run_cron("cron_audit_inventory")
        self.run_cron("cron_maintenance")
        self.assertEqual({call.method for call in self.sim.calls}, {"GET"})
        for action in (
            "action_export_shipments",
            "action_push_inventory",
            "action_audit_inventory",
            "action_register_webhooks",
        ):
            with self.assertRaisesRegex(UserError, "Shop is not live"):
                getattr(self.backend, action)()
        with self.assertRaisesRegex(UserError, "not live"):
            self.backend.product_ids.inventory_tracking = "none"
            self.backend.product_ids.action_track_inventory()

    def test_not_even_by_the_client(self):
        with self.assertRaisesRegex(Exception, "nothing is written"):
            self.backend._client().set_order_status(7, 2)
        self.assertFalse(self.sim.calls)

    def test_what_waited_is_sent_afterwards(self):
        self.run_action("action_link_products")
        order = self.import_order([("MUG-1", 1)])
        self.deliver(order)
        self.backend.action_go_live()
        self.assertTrue(self.backend.is_live)
        self.run_cron("cron_export_shipments")
        self.run_cron("cron_push_inventory")
        self.assertEqual(order.shipment_ids.state, "exported")
        self.assertEqual(self.shop.stock("MUG-1"), 49)

    def test_what_blocks_is_named(self):
        self.backend.status_mapping_ids.unlink()
        with self.assertRaisesRegex(
            UserError, "statuses of the store were not fetched"
        ):
            self.backend.action_go_live()
        self.assertFalse(self.backend.is_live)

    def test_a_copied_store_is_not_live(self):
        self.backend.is_live = True
        self.assertFalse(self.backend.copy().is_live)

    def test_the_set_up_goes_on_where_it_was_left(self):
        self.assertEqual(self.backend.setup_step, "connect")
        self.backend.action_next_step()
        self.assertEqual(self.backend.setup_step, "statuses")
        steps = set(self.backend.step_finding_ids.mapped("step"))
        self.assertEqual(steps, {"statuses"})

    def deliver(self, order):
        picking = order.sale_order_ids.picking_ids
        picking.move_ids.quantity = 1
        picking.move_ids.picked = True
        picking.button_validate()
