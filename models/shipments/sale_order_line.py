from odoo import fields, models


class SaleOrderLine(models.Model):
    """What of a line has left, and what is still to leave."""

    _inherit = "sale.order.line"

    bigcommerce_shipped_before = fields.Float(
        "Shipped Before",
        digits="Product Unit",
        readonly=True,
        copy=False,
        help="Units that the store had shipped before the order came in: they count as "
        "delivered, and are not delivered again.",
    )

    def _get_qty_procurement(self, previous_product_uom_qty=False):
        """Override of `_get_qty_procurement` to have the rest delivered only.

        Whatever way goods take, a step of the warehouse, a purchase or a kit, begins
        with this quantity.
        """
        return (
            super()._get_qty_procurement(previous_product_uom_qty)
            + self.bigcommerce_shipped_before
        )

    def _compute_qty_delivered(self):
        """Override of `_compute_qty_delivered` to count what the store had shipped."""
        result = super()._compute_qty_delivered()
        for line in self.filtered("bigcommerce_shipped_before"):
            if line.qty_delivered_method == "stock_move":
                line.qty_delivered += line.bigcommerce_shipped_before
        return result

    def _bigcommerce_is_waiting(self, told):
        """Tell whether goods of this line are still to be sent.

        The move to the customer may not be there yet: in a warehouse of several steps
        it comes after the picking, with a drop shipment after the purchase. What was
        cancelled is sent no more; what came back was sent.

        :param int told: units that the store was told of
        """
        if self.product_id.type != "consu":
            return False
        if told + self.bigcommerce_shipped_before >= self.product_uom_qty:
            return False
        moves = self.move_ids.filtered(
            lambda move: move.location_id.usage != "customer"
        )
        states = set(moves.mapped("state"))
        if states - {"done", "cancel"}:
            return True
        return "cancel" not in states and self.qty_delivered < self.product_uom_qty
