from odoo import api, models

from ...store.readiness.bigcommerce_finding import of

LISTINGS = "connector_bigcommerce.action_bigcommerce_variant"
PRODUCTS = "connector_bigcommerce.action_bigcommerce_product"


class BigcommerceFinding(models.Model):
    """What keeps listings and products apart."""

    _inherit = "bigcommerce.finding"

    def _find(self, backend, client):
        """Override of `_find` to look at the listings, too."""
        return super()._find(backend, client) + self._find_listings(backend)

    @api.model
    def _find_listings(self, backend):
        listings = self.env["bigcommerce.variant"]
        if not listings.search_count(of(backend), limit=1):
            message = self.env._("The listings of the store were not read yet.")
            return [self._row("products", "warning", message, "action_link_products")]
        rows = []
        for domain, text in (
            (
                [("link_issue", "=", "blank")],
                self.env._("%s listings have neither SKU nor barcode in the store."),
            ),
            (
                [("link_issue", "=", "duplicate")],
                self.env._("%s listings have an SKU that several Odoo products have."),
            ),
            (
                [("link_issue", "=", "unknown")],
                self.env._("%s listings have an SKU that no Odoo product has."),
            ),
            (
                [("id", "in", self._get_twins(backend))],
                self.env._("%s listings share their SKU with another of the store."),
            ),
        ):
            wanted = of(backend) + domain
            if count := listings.search_count(wanted):
                rows.append(
                    self._row("products", "warning", text % count, LISTINGS, wanted)
                )
        return rows + self._find_untracked(backend)

    @api.model
    def _get_twins(self, backend):
        """Return the ids of the listings whose SKU another one of the store has."""
        groups = self.env["bigcommerce.variant"]._read_group(
            [*of(backend), ("sku", "!=", False)],
            ["sku"],
            ["id:array_agg"],
            having=[("__count", ">", 1)],
        )
        return [listing_id for _sku, ids in groups for listing_id in ids]

    @api.model
    def _find_untracked(self, backend):
        domain = [*of(backend), ("inventory_tracking", "=", "none")]
        count = self.env["bigcommerce.product"].search_count(domain)
        if not (count and backend.sync_inventory):
            return []
        message = self.env._(
            "The store does not count the units of %s products, so none are sent.",
            count,
        )
        return [self._row("products", "warning", message, PRODUCTS, domain)]
