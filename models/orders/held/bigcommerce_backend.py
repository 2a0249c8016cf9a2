from odoo import models


class BigcommerceBackend(models.Model):
    """Orders wait until the store says what they lack."""

    _inherit = "bigcommerce.backend"

    def write(self, vals):
        """Override of `write` to bring back the orders that waited for this."""
        result = super().write(vals)
        if {"store_tax_rates", "collected_tax_account_id"} & vals.keys():
            self.env["bigcommerce.order"]._release("tax", self)
        if {"unknown_product_policy", "fallback_product_id"} & vals.keys():
            self.env["bigcommerce.order"]._release("product", self)
        return result
