from odoo import models

from ...client import Refused


class BigcommerceBackend(models.Model):
    """What became of an order in Odoo sets its status in the store, where so mapped."""

    _inherit = "bigcommerce.backend"

    def _tell_statuses(self, client, run):
        """Set the mapped status of orders that were confirmed or cancelled here.

        :return bool: False when out of time
        """
        orders = self.env["bigcommerce.order"].search(
            [("backend_id", "=", self.id), ("status_event", "!=", False)]
        )
        for order in orders:
            wanted = self._status_set_by(order.status_event)
            try:
                if wanted and wanted.status_id != order.status_id:
                    client.set_order_status(order.remote_id, wanted.status_id)
            except Refused as error:
                run._note(f"{order.display_name}: {error}")
            order.status_event = False
            if not run._commit():
                return False
        return True

    def _status_set_by(self, event):
        """Return the status mapping that an event in Odoo sets, or none."""
        return self.status_mapping_ids.filtered(
            lambda status: status.export_event == event
        )
