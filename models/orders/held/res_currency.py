from odoo import models


class ResCurrency(models.Model):
    """Orders wait until their currency is in use."""

    _inherit = "res.currency"

    def write(self, vals):
        """Override of `write` to bring back the orders that waited for a currency."""
        result = super().write(vals)
        if vals.get("active"):
            self.env["bigcommerce.order"]._release("currency")
        return result
