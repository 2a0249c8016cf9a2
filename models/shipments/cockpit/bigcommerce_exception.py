from odoo import models
from odoo.tools import SQL


class BigcommerceException(models.Model):
    """Parcels that the store did not take."""

    _inherit = "bigcommerce.exception"
    _depends = {"bigcommerce.shipment": ["state", "error", "next_attempt"]}

    def _get_parts(self):
        """Override of `_get_parts` to add the shipments."""
        shipments = SQL(
            """
            SELECT s.id, s.backend_id, s.company_id, 'shipment' AS kind,
                   'bigcommerce.shipment' AS res_model,
                   picking.name || ', #' || o.remote_id AS name, s.state,
                   NULL AS cause, s.error, s.next_attempt,
                   COALESCE(picking.user_id, store.user_id) AS user_id
              FROM bigcommerce_shipment s
              JOIN bigcommerce_order o ON o.id = s.order_id
              JOIN bigcommerce_backend store ON store.id = s.backend_id
              JOIN stock_picking picking ON picking.id = s.picking_id
             WHERE s.state = 'failed'
            """
        )
        return {**super()._get_parts(), 3: shipments}

    def _get_hints(self):
        """Override of `_get_hints` to add the shipments."""
        return {
            **super()._get_hints(),
            ("shipment", None): self.env._(
                "Compare the order in the store with the delivery. Mend the tracking "
                "number or the order there, then Retry."
            ),
        }
