from odoo import fields, models


class BigcommerceCustomer(models.Model):
    """A registered customer of a store, and the contact that stands for them."""

    _name = "bigcommerce.customer"
    _inherit = ["bigcommerce.locked.mixin"]
    _description = "BigCommerce Customer"
    _rec_name = "partner_id"

    backend_id = fields.Many2one(
        "bigcommerce.backend", "Store", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="backend_id.company_id", store=True)
    remote_id = fields.Integer("Customer", required=True, aggregator=None)
    partner_id = fields.Many2one(
        "res.partner", required=True, index=True, ondelete="cascade"
    )

    _remote_uniq = models.UniqueIndex(
        "(backend_id, remote_id)", "This customer is known already."
    )
