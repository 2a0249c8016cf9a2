from odoo import fields, models


class ResPartner(models.Model):
    """A contact, or an address, that came with an order."""

    _name = "res.partner"
    _inherit = ["res.partner", "bigcommerce.locked.mixin"]

    is_bigcommerce_contact = fields.Boolean(
        "Came with a BigCommerce Order",
        readonly=True,
        copy=False,
        help="The connector made this contact; it keeps its name and address up to "
        "date.",
    )
