from odoo import models

MODEL, LIST = "bigcommerce.shipment", "action_bigcommerce_shipment"


class BigcommerceDashboard(models.AbstractModel):
    """The parcels that the store does not know yet."""

    _inherit = "bigcommerce.dashboard"

    def _get_cards(self, backends):
        """Override of `_get_cards` to add the shipments."""
        cards = super()._get_cards(backends)
        for state, name, bad in (
            ("pending", self.env._("Shipments waiting"), False),
            ("failed", self.env._("Shipments failed"), True),
        ):
            self._add_waiting(cards, name, MODEL, LIST, [["state", "=", state]], bad)
        return cards
