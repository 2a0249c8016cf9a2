from odoo import api, fields, models

from ...client.limits import NAME_LENGTH


class BigcommerceMapping(models.AbstractModel):
    """What the store's words mean in Odoo."""

    _name = "bigcommerce.mapping"
    _inherit = ["bigcommerce.locked.mixin"]
    _description = "BigCommerce Mapping"
    _check_company_auto = True

    backend_id = fields.Many2one(
        "bigcommerce.backend",
        "Store",
        required=True,
        index=True,
        ondelete="cascade",
        help="The store that this is for.",
    )
    company_id = fields.Many2one(related="backend_id.company_id", store=True)
    name = fields.Char(required=True, help="As the store calls it.")

    @api.model
    def _create_missing(self, backend, names):
        """Add the texts that this store has not used before, without a meaning yet.

        :param backend: the store
        :param names: iterable of texts as orders carry them; empty ones are left out
        """
        known = set(self.search([("backend_id", "=", backend.id)]).mapped("name"))
        texts = [name[:NAME_LENGTH] for name in names if name]
        new = dict.fromkeys(name for name in texts if name not in known)
        return self.create([{"backend_id": backend.id, "name": name} for name in new])

    def _filter_by_name(self, name):
        """Return the one of these mappings that an order means by a text, or none."""
        text = (name or "")[:NAME_LENGTH]
        return self.filtered(lambda mapping: mapping.name == text)
