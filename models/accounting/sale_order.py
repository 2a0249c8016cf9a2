from odoo import fields, models


class SaleOrder(models.Model):
    """How the order was paid in its store."""

    _inherit = "sale.order"

    bigcommerce_tender_ids = fields.One2many(
        related="bigcommerce_order_id.tender_ids", string="Tenders"
    )
