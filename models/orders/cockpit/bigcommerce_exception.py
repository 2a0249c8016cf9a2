from odoo import api, models
from odoo.tools import SQL

PLACES = {
    "tax": "action_bigcommerce_tax_mapping",
    "status": "action_bigcommerce_status_mapping",
    "product": "action_bigcommerce_variant",
}


class BigcommerceException(models.Model):
    """Orders that are held, failed, could not follow the store, or were left out."""

    _inherit = "bigcommerce.exception"
    _depends = {
        "bigcommerce.order": [
            "amount_difference",
            "error",
            "hold_cause",
            "next_attempt",
            "state",
            "status_error",
        ],
        "sale.order": ["user_id", "bigcommerce_order_id"],
    }

    def _get_parts(self):
        """Override of `_get_parts` to add the orders."""
        orders = SQL(
            """
            SELECT o.id, o.backend_id, o.company_id, 'order' AS kind,
                   'bigcommerce.order' AS res_model,
                   store.name || ' #' || o.remote_id AS name, o.state,
                   CASE WHEN o.hold_cause IS NOT NULL THEN o.hold_cause
                        WHEN o.amount_difference != 0 THEN 'difference'
                        WHEN o.state = 'ignored' THEN 'went_on'
                        WHEN o.state = 'imported' AND o.error IS NULL THEN 'set_status'
                        WHEN o.state = 'imported' THEN 'follow'
                   END AS cause,
                   COALESCE(o.error, o.status_error) AS error, o.next_attempt,
                   COALESCE(sale.user_id, store.user_id) AS user_id
              FROM bigcommerce_order o
              JOIN bigcommerce_backend store ON store.id = o.backend_id
              LEFT JOIN LATERAL (
                   SELECT user_id FROM sale_order
                    WHERE bigcommerce_order_id = o.id ORDER BY id LIMIT 1
              ) sale ON TRUE
             WHERE o.state IN ('held', 'failed')
                OR o.error IS NOT NULL
                OR o.status_error IS NOT NULL
            """
        )
        return {**super()._get_parts(), 2: orders}

    def _get_hints(self):
        """Override of `_get_hints` to add the orders."""
        return {
            **super()._get_hints(),
            ("order", None): self.env._(
                "Mend what the reason says, in the store or here, then Retry."
            ),
            ("order", "tax"): self.env._(
                "Choose the Odoo tax of this rate, or use Create Tax on the order. The "
                "order comes in by itself then."
            ),
            ("order", "product"): self.env._(
                "Link the listing to an Odoo product or create one. The order comes in "
                "by itself then."
            ),
            ("order", "status"): self.env._(
                "Say what happens to orders in this status, or change it in the store. "
                "The order comes in by itself then."
            ),
            ("order", "currency"): self.env._(
                "Activate the currency in Odoo. The order comes in by itself then."
            ),
            ("order", "difference"): self.env._(
                "Compare both sides in the reason. Correct the order in the store, or "
                "use Accept Difference."
            ),
            ("order", "went_on"): self.env._(
                "Import All the Same, so that it is sold and taken from stock here, or "
                "Leave Out."
            ),
            ("order", "follow"): self.env._(
                "The order changed in the store, or could not be invoiced. Mend the "
                "sale order as the reason says, then Retry."
            ),
            ("order", "set_status"): self.env._(
                "The store refused the status. Set it there, or map another one, then "
                "Retry."
            ),
        }

    def _get_place(self):
        """Override of `_get_place` to open the mapping that an order waits for."""
        place = PLACES.get(self.cause) if self.kind == "order" else None
        if not place:
            return super()._get_place()
        name = f"connector_bigcommerce.{place}"
        action = self.env["ir.actions.act_window"]._for_xml_id(name)
        domain = [("backend_id", "=", self.backend_id.id), *self._missing()]
        return {**action, "domain": domain, "context": {}}

    @api.model
    def _missing(self):
        """Return what is not mapped yet, of what an order waits for."""
        return {
            "tax": [("tax_id", "=", False)],
            "product": [("product_id", "=", False)],
        }.get(self.cause, [])
