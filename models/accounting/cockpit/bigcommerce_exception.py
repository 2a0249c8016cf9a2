from odoo import models
from odoo.tools import SQL


class BigcommerceException(models.Model):
    """Refunds without a credit note, and payments that accounting refused."""

    _inherit = "bigcommerce.exception"
    _depends = {"bigcommerce.refund": ["state", "error", "is_declined", "next_attempt"]}

    def _get_parts(self):
        """Override of `_get_parts` to add refunds and their payments."""
        refunds = SQL(
            """
            SELECT r.id, r.backend_id, r.company_id,
                   CASE WHEN r.state = 'done' THEN 'payment' ELSE 'refund' END AS kind,
                   'bigcommerce.refund' AS res_model,
                   'Refund ' || r.remote_id || ', #' || o.remote_id AS name, r.state,
                   CASE WHEN r.is_declined THEN 'declined' END AS cause,
                   r.error, r.next_attempt, store.user_id
              FROM bigcommerce_refund r
              JOIN bigcommerce_order o ON o.id = r.order_id
              JOIN bigcommerce_backend store ON store.id = r.backend_id
             WHERE r.state = 'failed' OR r.error IS NOT NULL
            """
        )
        return {**super()._get_parts(), 8: refunds}

    def _get_hints(self):
        """Override of `_get_hints` to add refunds and their payments."""
        return {
            **super()._get_hints(),
            ("refund", None): self.env._(
                "Mend what the reason says, or make the credit note by hand; Retry."
            ),
            ("refund", "declined"): self.env._(
                "The payment provider declined it: no money went back. Refund it once "
                "more in the store, or settle it with the customer."
            ),
            ("payment", None): self.env._(
                "The credit note is there, its payment is not: register it by hand, or "
                "mend journal, period or method, then Retry."
            ),
        }
