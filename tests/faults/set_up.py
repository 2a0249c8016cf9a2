"""What is done once, and by night: settings, listings, webhooks."""

from ..catalog.test_product_create import PIXEL
from .operation import Operation


class ConnectStore(Operation):
    at = ("GET", r"/v2/store$")

    def run(self):
        self.case.run_action("action_test_connection")

    def check(self):
        self.case.assertEqual(self.backend.state, "connected")


class FetchSettings(Operation):
    at = (
        "GET",
        r"/v2/(order_statuses|shipping|payments|currencies)|/v3/(tax|inventory)",
    )

    def prepare(self):
        self.backend.shipping_mapping_ids.unlink()

    def run(self):
        self.case.run_action("action_fetch_settings")

    def check(self):
        self.case.assertTrue(self.backend.shipping_mapping_ids)
        statuses = self.backend.status_mapping_ids.mapped("status_id")
        self.case.assertEqual(sorted(statuses), list(range(15)))


class CheckReadiness(Operation):
    at = ("GET", r"/v[23]/")

    def run(self):
        self.case.run_action("action_check_readiness")

    def check(self):
        blocking = self.backend.finding_ids.filtered(
            lambda finding: finding.step == "connect" and finding.severity == "blocking"
        )
        self.case.assertFalse(blocking, blocking.mapped("message"))


class LinkProducts(Operation):
    at = ("GET", r"/catalog/(products|variants)$")
    kind = "link_products"

    def prepare(self):
        self.sku = f"NEW-{self.number}"
        self.shop.add_product(f"New {self.number}", sku=self.sku)
        self.product = self.env["product.product"].create(
            {"name": self.sku, "default_code": self.sku, "is_storable": True}
        )

    def run(self):
        self.case.run_action("action_link_products")

    def check(self):
        variant = self.env["bigcommerce.variant"].search([("sku", "=", self.sku)])
        self.case.assertEqual(variant.product_id, self.product)
        gone = self.env["bigcommerce.product"].search([("is_missing", "=", True)])
        self.case.assertFalse(gone)


class CreateProducts(Operation):
    at = ("GET", r"/catalog/products$|/images/")

    def prepare(self):
        self.sku = f"MADE-{self.number}"
        self.shop.add_product(f"Made {self.number}", sku=self.sku, image=PIXEL)
        self.case.run_action("action_link_products")
        self.listing = self.env["bigcommerce.product"].search([("sku", "=", self.sku)])

    def run(self):
        self.case.run_action("action_create_products", self.listing)

    def check(self):
        made = self.env["product.product"].search([("default_code", "=", self.sku)])
        self.case.assertEqual(len(made), 1)
        self.case.assertEqual(self.listing.variant_ids.product_id, made)


class RegisterWebhooks(Operation):
    at = (None, r"/v3/hooks")

    def prepare(self):
        self.shop.hooks.hooks.clear()

    def run(self):
        self.case.run_action("action_register_webhooks")

    def check(self):
        scopes = [hook["scope"] for hook in self.shop.hooks.hooks.values()]
        self.case.assertTrue(scopes)
        self.case.assertEqual(len(scopes), len(set(scopes)))
        active = [hook["is_active"] for hook in self.shop.hooks.hooks.values()]
        self.case.assertTrue(all(active))


class RepairWebhooks(RegisterWebhooks):
    at = (None, r"/v3/hooks")
    kind = "repair_webhooks"

    def prepare(self):
        self.case.run_action("action_register_webhooks")
        for hook in self.shop.hooks.hooks.values():
            hook["is_active"] = False

    def run(self):
        self.case.run_cron("cron_maintenance")


class RemoveWebhooks(RepairWebhooks):
    def prepare(self):
        self.case.run_action("action_register_webhooks")
        self.backend.use_webhooks = False

    def check(self):
        self.case.assertFalse(self.shop.hooks.hooks)
