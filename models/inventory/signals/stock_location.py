from odoo import models

# What moves stock into or out of a store's locations without touching a quant.
WATCHED = {"location_id", "usage", "active", "company_id"}


class StockLocation(models.Model):
    """Signals that stock is elsewhere, or somebody else's."""

    _inherit = "stock.location"

    def write(self, vals):
        """Override of `write` to look at all quantities when stock moves on paper."""
        result = super().write(vals)
        if WATCHED & vals.keys():
            stores = self.env["bigcommerce.backend"].sudo()
            stores.search([("sync_inventory", "=", True)])._mark_all_levels()
        return result
