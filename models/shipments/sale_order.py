from odoo import fields, models


class SaleOrder(models.Model):
    """What was sent to the store of its deliveries."""

    _inherit = "sale.order"

    bigcommerce_shipment_ids = fields.One2many(
        related="bigcommerce_order_id.shipment_ids",
        string="Shipments",
        groups="base.group_user",
    )
