from odoo import models


class BigcommerceDryRun(models.Model):
    """Which parcels the store would get to know."""

    _inherit = "bigcommerce.dry.run"

    def _rehearse(self, backend):
        """Override of `_rehearse` to put what was delivered into the outbox."""
        rows = super()._rehearse(backend)
        if not backend.export_shipments:
            return rows
        rows += self._run(backend, "export_shipments", self._fill_outbox)
        due = [("backend_id", "=", backend.id), ("state", "!=", "exported")]
        for parcel in self.env["bigcommerce.shipment"].search(due, order="id"):
            order = parcel.order_id
            after = self.env._("%(units)s units, tracking number %(number)s")
            rows.append(
                self._row(
                    "shipment",
                    f"{parcel.display_name}, {order.display_name}",
                    order.status_mapping_id.display_name or "",
                    after
                    % {
                        "units": parcel.unit_count,
                        "number": parcel.tracking_number or "–",
                    },
                    parcel.error,
                )
            )
        return rows

    def _fill_outbox(self, direction):
        direction.note_parcels()
        direction.note_tracking()
