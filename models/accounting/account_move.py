from odoo import fields, models


class AccountMove(models.Model):
    """The refund of a store that a credit note is for."""

    _inherit = "account.move"

    bigcommerce_refund_ids = fields.One2many(
        "bigcommerce.refund",
        "move_id",
        help="The refunds of the store that this credit note is for.",
    )
