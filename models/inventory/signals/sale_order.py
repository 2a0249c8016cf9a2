from odoo import models


class SaleOrder(models.Model):
    """Signals that units sold by a store are free again."""

    _inherit = "sale.order"

    def _action_cancel(self):
        """Override of `_action_cancel` to signal: a cancelled one holds no units."""
        result = super()._action_cancel()
        # a salesperson need not read the inbox
        imported = self.sudo().filtered("bigcommerce_order_id")
        self.env["bigcommerce.stock.change"]._note(imported.order_line.product_id)
        return result
