from odoo import models


class BigcommerceVariant(models.Model):
    """Orders wait until what they sell is linked."""

    _inherit = "bigcommerce.variant"

    def write(self, vals):
        """Override of `write` to bring back the orders that waited for a link."""
        result = super().write(vals)
        if vals.get("product_id"):
            self.env["bigcommerce.order"]._release("product", self.backend_id)
        return result

    def _link(self, products):
        """Override of `_link` to bring back the orders that waited for a link."""
        result = super()._link(products)
        if products:
            backends = self.browse().concat(*products).backend_id
            self.env["bigcommerce.order"]._release("product", backends)
        return result
