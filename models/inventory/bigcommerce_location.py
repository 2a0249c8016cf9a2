from odoo import fields, models


class BigcommerceLocation(models.Model):
    """Which stock a location of the store shows."""

    _inherit = "bigcommerce.location"

    level_ids = fields.One2many("bigcommerce.stock.level", "location_id")

    def write(self, vals):
        """Override of `write` to send everything when a location means another."""
        result = super().write(vals)
        if {"location_ids", "enabled"} & vals.keys():
            self.backend_id._mark_all_levels()
        return result

    def _get_counting_location(self):
        """Return the one Odoo location where this location's stock is counted."""
        warehouses = self.env["stock.warehouse"].search(
            [("company_id", "=", self.company_id.id)], limit=1
        )
        warehouse = self.backend_id.warehouse_id or warehouses
        return self.location_ids[:1] or warehouse.lot_stock_id
