from odoo import fields, models


class ResPartner(models.Model):
    """A contact, or an address, that came with an order."""

    _inherit = "res.partner"

    is_bigcommerce_contact = fields.Boolean(
        "Came with a BigCommerce Order", readonly=True, copy=False
    )
