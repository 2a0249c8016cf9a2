from odoo import fields, models


class BigcommerceOrder(models.Model):
    """The status that the store is to have after what happened here."""

    _inherit = "bigcommerce.order"

    status_event = fields.Selection(
        [("confirmed", "Confirmed"), ("cancelled", "Cancelled")],
        readonly=True,
        help="What happened here and sets a status in the store with the next import.",
    )
    status_error = fields.Text(
        "Status Not Set",
        readonly=True,
        help="Why the store does not have the status that it should have. It is tried "
        "again by Retry, and when the store changes the order.",
    )

    def _note_event(self, event):
        """Remember what happened here for those whose store wants to know of it.

        :param str event: `confirmed` or `cancelled`
        """
        for backend, orders in self.grouped("backend_id").items():
            if backend.status_mapping_ids._filter_set_by(event):
                orders.status_event = event

    def _leave_status_to_person(self, error):
        """Note that the store does not have a status that it should have."""
        self.status_error = str(error)
        self.sale_order_ids[:1]._bigcommerce_message_person(
            self.env._(
                "The order's status could not be set in the store: %(reason)s",
                reason=error,
            )
        )

    def _retry_status(self):
        refused = self.filtered("status_error")
        if refused:
            refused.status_error = False
            self.env.ref("connector_bigcommerce.cron_import_orders")._trigger()
