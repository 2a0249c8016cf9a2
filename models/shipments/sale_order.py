from odoo import fields, models


class SaleOrder(models.Model):
    """What was sent to the store of its deliveries."""

    _inherit = "sale.order"

    bigcommerce_shipment_ids = fields.One2many(
        related="bigcommerce_order_id.shipment_ids",
        string="Shipments",
        groups="base.group_user",
        help="The parcels that the store was told of, or will be.",
    )

    def _bigcommerce_tell_of_goods_shipped_before(self):
        """Say what the store had shipped before the order came in.

        A person looks at it while the rest is still to be sent: Odoo's stock knows
        nothing of what has left.
        """
        lines = self.order_line.filtered("bigcommerce_shipped_before")
        if not lines:
            return
        message = self.env._(
            "The store had shipped before the order came in: %(goods)s. Only the rest "
            "is delivered here.",
            goods=", ".join(
                f"{line.bigcommerce_shipped_before:g} × {line.product_id.display_name}"
                for line in lines
            ),
        )
        if any(
            line.bigcommerce_shipped_before < line.product_uom_qty for line in lines
        ):
            self._bigcommerce_message_person(message)
        else:
            self.message_post(body=message)
