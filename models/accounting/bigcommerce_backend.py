from odoo import models

REFUND_CREATED = "store/order/refund/created"


class BigcommerceBackend(models.Model):
    """Refunds come in with the orders."""

    _inherit = "bigcommerce.backend"

    def _receive_webhook(self, event):
        """Override of `_receive_webhook` to read the refunds of an order that the store
        refunded: the order itself may look the same (facts F46, F77)."""
        data = event.get("data")
        number = data.get("id") if isinstance(data, dict) else None
        if event["scope"] == REFUND_CREATED and isinstance(number, int):
            self.env["bigcommerce.order"].search(
                [("backend_id", "=", self.id), ("remote_id", "=", number)]
            ).refunds_due = True
        return super()._receive_webhook(event)
