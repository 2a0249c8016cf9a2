from odoo import models

from .product_product import WATCHED


class ProductTemplate(models.Model):
    """Signals that all variants of a product have stock to sell, or none any more."""

    _inherit = "product.template"

    def write(self, vals):
        """Override of `write` to signal variants that count otherwise now."""
        result = super().write(vals)
        if WATCHED & vals.keys():
            variants = self.with_context(active_test=False).product_variant_ids
            self.env["bigcommerce.stock.change"]._note(variants)
        return result
