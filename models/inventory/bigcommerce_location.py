from odoo import fields, models


class BigcommerceLocation(models.Model):
    """Which stock a location of the store shows."""

    _inherit = "bigcommerce.location"

    level_ids = fields.One2many(
        "bigcommerce.stock.level",
        "location_id",
        help="The quantities that are shown there.",
    )

    def write(self, vals):
        """Override of `write` to send everything when a location means another."""
        result = super().write(vals)
        if {"location_ids", "enabled"} & vals.keys():
            self.env["bigcommerce.stock.change"]._note_all(self.backend_id)
            # they say that nothing is sent there any more
            left = self.filtered(lambda location: not location._is_pushed())
            left.level_ids._try_soon()
        return result

    def _get_counting_location(self):
        """Return the one Odoo location where this location's stock is counted."""
        warehouses = self.env["stock.warehouse"].search(
            [("company_id", "=", self.company_id.id)], limit=1
        )
        warehouse = self.backend_id.warehouse_id or warehouses
        return self.location_ids[:1] or warehouse.lot_stock_id

    def _get_stock_listed_elsewhere(self):
        """Return the Odoo locations whose stock the store's other locations list."""
        others = (self.backend_id.location_ids - self).filtered("location_ids")
        locations = self.env["stock.location"]
        return locations.concat(*(other._get_stock_locations() for other in others))
