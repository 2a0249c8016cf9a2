"""Quantities and what they show out."""

from .operation import Operation


class PushStock(Operation):
    at = ("PUT", r"/inventory/adjustments/absolute$")
    kind = "push_inventory"

    def prepare(self):
        self.count(20 + self.number)

    def count(self, units):
        """Count the cups in the warehouse."""
        self.units = units
        self.case.set_stock(self.case.cup, units)
        self.env.cr.flush()

    def again(self):
        levels = self.env["bigcommerce.stock.level"].search(
            [("variant_id.sku", "=", "CUP-1")]
        )
        self.case.run_action("action_retry", levels)
        self.run()

    def check(self):
        self.case.assertEqual(self.shop.stock("CUP-1"), self.units)


class AuditStock(PushStock):
    at = ("GET", r"/v3/(inventory/items|catalog/products)$")
    kind = "audit_inventory"

    def prepare(self):
        self.count(20 + self.number)
        self.case.run_cron("cron_push_inventory")
        self.shop.settle()
        cup = self.shop.catalog.variant_by_sku("CUP-1")
        self.shop.catalog.set_quantities([((1, cup["id"]), 1)])


class Switch(Operation):
    """What is switched by the stock: from one state to the other.

    before, after: units in the warehouse
    """

    kind = "push_inventory"
    before, after = 5, 0

    def prepare(self):
        self.count(self.before)
        self.run()
        self.shop.settle()
        self.count(self.after)

    def count(self, units):
        """Count the product in the warehouse."""
        self.case.set_stock(self.product(), units)
        self.env.cr.flush()

    def again(self):
        self.case.run_cron("cron_audit_inventory")
        self.run()

    def product(self):
        """Return the product whose stock it is."""
        raise NotImplementedError


class HideListing(Switch):
    at = ("PUT", r"/catalog/products$")

    def product(self):
        return self.case.plate

    def check(self):
        product = self.shop.product_by_sku("PLATE-1")
        self.case.assertEqual(product["is_visible"], bool(self.after))


class ShowListing(HideListing):
    before, after = 0, 5


class DisablePurchase(Switch):
    at = ("PUT", r"/catalog/variants$")

    def product(self):
        return self.case.sock

    def check(self):
        variant = self.shop.catalog.variant_by_sku("SOCK-S")
        self.case.assertEqual(variant["purchasing_disabled"], not self.after)


class EnablePurchase(DisablePurchase):
    before, after = 0, 5
