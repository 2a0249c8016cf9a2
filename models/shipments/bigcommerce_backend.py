from odoo import fields, models

from ..store.counts import count_by_store


class BigcommerceBackend(models.Model):
    """When deliveries are sent to a store, and what its own shipments do here."""

    _inherit = "bigcommerce.backend"

    tracking_wait_hours = fields.Integer(
        "Wait for Tracking (hours)",
        help="A parcel without a tracking number is sent this long after its "
        "delivery, or as soon as it has one. 0: at once.",
    )
    validate_store_shipments = fields.Boolean(
        "Validate Deliveries Shipped in the Store",
        help="A shipment that somebody makes in the store's control panel validates "
        "the delivery here, with its quantities and number. Without this it is only "
        "recognized when the delivery is validated.",
    )
    waiting_shipment_count = fields.Integer(
        compute="_compute_waiting_shipment_count",
        help="Parcels that the store was not told of yet.",
    )

    def _compute_waiting_shipment_count(self):
        domain = [("state", "!=", "exported")]
        counts = count_by_store(self, "bigcommerce.shipment", domain)
        for backend in self:
            backend.waiting_shipment_count = counts.get(backend, 0)

    def action_dismiss_shipments(self):
        """Leave alone what was delivered and not sent so far.

        :return: a notification with the number of deliveries
        """
        self._check_manager()
        count = 0
        for backend in self._as_system():
            unsent = backend.env["bigcommerce.shipment"].search(
                [
                    ("backend_id", "=", backend.id),
                    ("attempts", "=", 0),
                    ("remote_id", "in", (False, 0)),
                ]
            )
            pickings = unsent.picking_id | backend.env[
                "stock.picking"
            ]._bigcommerce_get_unsent(backend)
            unsent.unlink()
            pickings.write({"bigcommerce_nothing_to_ship": True})
            count += len(pickings)
        return self._notify(
            self.env._("Shipments"),
            self.env._("%(count)s deliveries will not be sent.", count=count),
        )
