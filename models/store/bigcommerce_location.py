from odoo import api, fields, models

from ...const import DEFAULT_LOCATION


class BigcommerceLocation(models.Model):
    """A place where the store keeps stock, and the Odoo locations it stands for."""

    _name = "bigcommerce.location"
    _inherit = ["bigcommerce.locked.mixin"]
    _description = "BigCommerce Location"
    _order = "backend_id, remote_id"
    _check_company_auto = True

    backend_id = fields.Many2one(
        "bigcommerce.backend",
        "Store",
        required=True,
        index=True,
        ondelete="cascade",
        help="The store that this location belongs to.",
    )
    company_id = fields.Many2one(related="backend_id.company_id", store=True)
    remote_id = fields.Integer(
        "BigCommerce ID",
        required=True,
        aggregator=None,
        help="The location's number in the store; 1 is the default location.",
    )
    name = fields.Char(
        required=True,
        help="As the store calls it.",
    )
    enabled = fields.Boolean(
        "Enabled in the Store",
        default=True,
        readonly=True,
        help="Off: the store takes no quantities for it.",
    )
    location_ids = fields.Many2many(
        "stock.location",
        string="Odoo Locations",
        domain=[("usage", "=", "internal")],
        check_company=True,
        help="Their stock, with that of the locations below them, is combined. "
        "Empty: all internal stock of the company for the store's default location; "
        "any other location is left alone.",
    )

    _remote_uniq = models.UniqueIndex(
        "(backend_id, remote_id)", "Each location of a store is there once."
    )

    @api.model
    def _receive(self, backend, rows):
        """Take over a store's locations; the mapping to Odoo stays.

        One that the store does not have any more is switched off.

        :param backend: the store
        :param list rows: data of GET /v3/inventory/locations (locations.v3.yml)
        """
        known, new = backend.location_ids.grouped("remote_id"), []
        for row in rows:
            values = {
                "name": row.get("label") or row.get("code") or str(row["id"]),
                "enabled": bool(row.get("enabled", True)),
            }
            if location := known.pop(row["id"], None):
                location._change(values)
            else:
                new.append({**values, "backend_id": backend.id, "remote_id": row["id"]})
        self.create(new)
        if rows:
            self.browse().concat(*known.values())._change({"enabled": False})

    def _change(self, values):
        """Write what differs: another state of a location has all of it sent again."""
        for location in self:
            if changed := {k: v for k, v in values.items() if location[k] != v}:
                location.write(changed)

    def _is_pushed(self):
        """Tell whether this location's quantities are Odoo's to set."""
        return self.enabled and bool(self.location_ids or self._is_default())

    def _is_default(self):
        return self.remote_id == DEFAULT_LOCATION

    def _get_stock_locations(self):
        """Return the Odoo locations whose stock is combined here, all levels down."""
        locations = self.env["stock.location"]
        if self.location_ids:
            return locations.search(
                [("id", "child_of", self.location_ids.ids), ("usage", "=", "internal")]
            )
        return locations.search(
            [("company_id", "=", self.company_id.id), ("usage", "=", "internal")]
        )
