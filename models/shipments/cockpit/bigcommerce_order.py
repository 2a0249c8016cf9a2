from odoo import models


class BigcommerceOrder(models.Model):
    """When the goods left, and when the store was told."""

    _inherit = "bigcommerce.order"

    def _get_events(self):
        """Override of `_get_events` to add deliveries and what the store was told."""
        events = super()._get_events()
        deliveries = self.sale_order_ids.picking_ids.filtered(
            lambda picking: picking.state == "done" and picking.date_done
        )
        events += [
            (delivery.date_done, self.env._("%(name)s done", name=delivery.name))
            for delivery in deliveries
        ]
        for shipment in self.shipment_ids.filtered("exported_at"):
            number = shipment.tracking_number
            text = self.env._("Store told of %(parcel)s", parcel=shipment.display_name)
            events.append(
                (shipment.exported_at, f"{text}: {number}" if number else text)
            )
        return events
