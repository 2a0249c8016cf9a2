from odoo import models


class BigcommerceDashboard(models.AbstractModel):
    """The days on which both sides do not say the same."""

    _inherit = "bigcommerce.dashboard"

    def _get_cards(self, backends):
        """Override of `_get_cards` to add the days that are different."""
        cards = super()._get_cards(backends)
        self._add_waiting(
            cards,
            self.env._("Days different"),
            "bigcommerce.proof",
            "action_bigcommerce_proof",
            [["state", "=", "different"]],
            bad=True,
        )
        return cards
