from odoo import models


class StockMove(models.Model):
    """Signals of moves that wait without a reservation: they take units, too."""

    _inherit = "stock.move"

    def _action_confirm(self, *args, **kwargs):
        """Override of `_action_confirm` to signal the units that moves wait for."""
        moves = super()._action_confirm(*args, **kwargs)
        self.env["bigcommerce.stock.change"]._note(moves.product_id)
        return moves

    def _action_cancel(self):
        """Override of `_action_cancel` to signal the units that are free again."""
        self.env["bigcommerce.stock.change"]._note(self.product_id)
        return super()._action_cancel()

    def write(self, vals):
        """Override of `write` to signal another demand."""
        result = super().write(vals)
        if "product_uom_qty" in vals:
            self.env["bigcommerce.stock.change"]._note(self.product_id)
        return result
