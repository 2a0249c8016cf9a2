from odoo import fields, models


class BigcommerceCustomer(models.Model):
    """A registered customer of a store, and the contact that stands for them."""

    _name = "bigcommerce.customer"
    _inherit = ["bigcommerce.locked.mixin"]
    _description = "BigCommerce Customer"
    _rec_name = "partner_id"

    backend_id = fields.Many2one(
        "bigcommerce.backend",
        "Store",
        required=True,
        index=True,
        ondelete="cascade",
        help="The store whose customer this is.",
    )
    company_id = fields.Many2one(related="backend_id.company_id", store=True)
    remote_id = fields.Integer(
        "Customer",
        required=True,
        aggregator=None,
        help="The customer's number in the store.",
    )
    partner_id = fields.Many2one(
        "res.partner",
        required=True,
        index=True,
        ondelete="cascade",
        help="The contact that orders of this customer are for. Correct it here when "
        "it is the wrong one.",
    )

    _remote_uniq = models.UniqueIndex(
        "(backend_id, remote_id)", "This customer is known already."
    )
