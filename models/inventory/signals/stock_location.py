from odoo import models

# What moves stock into or out of a store's locations without touching a quant.
WATCHED = {"location_id", "usage", "active", "company_id"}


class StockLocation(models.Model):
    """Signals that stock is elsewhere, or somebody else's."""

    _inherit = "stock.location"

    def write(self, vals):
        """Override of `write` to signal what lies there when stock moves on paper."""
        result = super().write(vals)
        if WATCHED & vals.keys():
            # who moves a location need not see what lies in it
            quants = self.env["stock.quant"].sudo().with_context(active_test=False)
            rows = quants._read_group(
                [("location_id", "child_of", self.ids)], ["product_id"]
            )
            products = self.env["product.product"].union(*(p for (p,) in rows))
            self.env["bigcommerce.stock.change"]._note(products)
        return result
