from odoo import models

# What decides whether a product has stock that could be sold.
WATCHED = {"is_storable", "type", "active"}


class ProductProduct(models.Model):
    """Signals that a product has stock to sell, or none any more."""

    _inherit = "product.product"

    def write(self, vals):
        """Override of `write` to signal a product that counts otherwise now."""
        result = super().write(vals)
        if WATCHED & vals.keys():
            self.env["bigcommerce.stock.change"]._note(self)
        return result

    def _bigcommerce_has_stock(self):
        """Tell whether Odoo knows how many there are: itself, or as a kit (mrp)."""
        return self.is_storable or ("is_kits" in self._fields and self.is_kits)
