from odoo import fields, models


class BigcommerceOrder(models.Model):
    """What happened to an order in Odoo that its store is to know."""

    _inherit = "bigcommerce.order"

    status_event = fields.Selection(
        [("confirmed", "Confirmed"), ("cancelled", "Cancelled")],
        readonly=True,
        help="What happened here and sets a status in the store with the next import.",
    )

    def _note_event(self, event):
        """Remember an event for those whose store wants to know of it."""
        for backend, orders in self.grouped("backend_id").items():
            if backend._status_set_by(event):
                orders.status_event = event
