from odoo import models

MODEL, LIST = "bigcommerce.stock.level", "action_bigcommerce_stock_level"


class BigcommerceDashboard(models.AbstractModel):
    """The quantities that the store does not show yet."""

    _inherit = "bigcommerce.dashboard"

    def _get_cards(self, backends):
        """Override of `_get_cards` to add the quantities."""
        cards = super()._get_cards(backends)
        for state, name, bad in (
            ("pending", self.env._("Quantities waiting"), False),
            ("failed", self.env._("Quantities refused"), True),
        ):
            self._add_waiting(cards, name, MODEL, LIST, [["state", "=", state]], bad)
        return cards
