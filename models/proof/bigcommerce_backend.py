from odoo import fields, models


class BigcommerceBackend(models.Model):
    """How far the daily proof of a store has come."""

    _inherit = "bigcommerce.backend"

    proof_ids = fields.One2many(
        "bigcommerce.proof",
        "backend_id",
        help="The daily comparisons with the store.",
    )
    proved_at = fields.Datetime(
        "Last Proof",
        readonly=True,
        copy=False,
        help="The days of orders that changed since then, on either side, are "
        "compared next.",
    )
    proof_days_due = fields.Json(
        readonly=True, copy=False, help="Days that a person wants to be compared again."
    )
    proof_cursor = fields.Json(
        readonly=True,
        copy=False,
        help="A proof that is not finished: the days that are left, the order number "
        "it has come to, and what was added up so far.",
    )

    def action_prove(self):
        """Compare the orders of the days that changed with the store's, now."""
        return self._synchronize_now("prove")
