from odoo import api, models


class BigcommerceTaxMapping(models.Model):
    """Orders wait until their rates are mapped."""

    _inherit = "bigcommerce.tax.mapping"

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `create` to bring back the orders that waited for this."""
        rows = super().create(vals_list)
        rows._release_orders()
        return rows

    def write(self, vals):
        """Override of `write` to bring back the orders that waited for this."""
        result = super().write(vals)
        self._release_orders()
        return result

    def _release_orders(self):
        mapped = self.filtered(lambda row: row.tax_id or row.is_collected)
        if mapped:
            self.env["bigcommerce.order"]._release("tax", mapped.backend_id)
