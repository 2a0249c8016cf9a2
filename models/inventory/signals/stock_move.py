from odoo import models


class StockMove(models.Model):
    """Moves that wait without a reservation take from what can be sold, too."""

    _inherit = "stock.move"

    def _action_confirm(self, *args, **kwargs):
        moves = super()._action_confirm(*args, **kwargs)
        moves._bigcommerce_note_change()
        return moves

    def _action_cancel(self):
        self._bigcommerce_note_change()
        return super()._action_cancel()

    def write(self, vals):
        result = super().write(vals)
        if "product_uom_qty" in vals:
            self._bigcommerce_note_change()
        return result

    def _bigcommerce_note_change(self):
        self.env["bigcommerce.stock.change"]._note(self.product_id.ids)
