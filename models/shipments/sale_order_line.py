from odoo import models


class SaleOrderLine(models.Model):
    """What of a line is still to leave."""

    _inherit = "sale.order.line"

    def _bigcommerce_is_waiting(self):
        """Tell whether goods of this line are still to be sent.

        The move to the customer may not be there yet: in a warehouse of several steps
        it comes after the picking, with a drop shipment after the purchase. What was
        cancelled is sent no more.
        """
        if self.product_id.type != "consu":
            return False
        moves = self.move_ids.filtered(
            lambda move: move.location_id.usage != "customer"
        )
        states = set(moves.mapped("state"))
        if states - {"done", "cancel"}:
            return True
        return "cancel" not in states and self.qty_delivered < self.product_uom_qty
