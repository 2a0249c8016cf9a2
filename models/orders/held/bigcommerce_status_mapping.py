from odoo import api, models


class BigcommerceStatusMapping(models.Model):
    """Orders wait until their status is mapped."""

    _inherit = "bigcommerce.status.mapping"

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `create` to bring back the orders that waited for this."""
        rows = super().create(vals_list)
        self.env["bigcommerce.order"]._release("status", rows.backend_id)
        return rows

    def write(self, vals):
        """Override of `write` to bring back the orders that waited for this."""
        result = super().write(vals)
        if "import_action" in vals:
            self.env["bigcommerce.order"]._release("status", self.backend_id)
        return result
