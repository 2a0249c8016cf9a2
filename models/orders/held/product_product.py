from odoo import api, models

# What a line of an order is known by.
KNOWN_BY = {"default_code", "barcode", "active"}


class ProductProduct(models.Model):
    """Orders wait until Odoo knows what they sell."""

    _inherit = "product.product"

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `create` to bring back the orders that waited for a product."""
        products = super().create(vals_list)
        self.env["bigcommerce.order"]._release("product")
        return products

    def write(self, vals):
        """Override of `write` to bring back the orders that waited for a product."""
        result = super().write(vals)
        if KNOWN_BY & vals.keys():
            self.env["bigcommerce.order"]._release("product")
        return result
