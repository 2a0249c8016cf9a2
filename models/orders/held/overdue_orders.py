from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import plaintext2html

OVERDUE = "connector_bigcommerce.activity_order_waits"
# Orders that are told in one transaction.
TOLD = 100


class BigcommerceBackend(models.Model):
    """How long an order may wait here."""

    _inherit = "bigcommerce.backend"

    overdue_hours = fields.Integer(
        "Tell of Waiting Orders After (hours)",
        default=24,
        help="An order that has waited, been held or failed for so long raises an "
        "activity for the salesperson. 0: never.",
    )

    _no_negative_hours = models.Constraint(
        "CHECK (overdue_hours >= 0)", "An order waits for 0 hours or more."
    )


class BigcommerceOrder(models.Model):
    """An order that waits for long is brought before a person."""

    _inherit = "bigcommerce.order"

    def _set_state(self, state, **values):
        """Override of `_set_state` to be done with the activity, too."""
        result = super()._set_state(state, **values)
        if state in ("imported", "ignored"):
            self.activity_feedback([OVERDUE])
        return result

    @api.model
    def _cron_tell_overdue(self):
        """Raise an activity for each order that has waited longer than its store's
        limit, once."""
        progress = self.env["ir.cron"]._commit_progress
        for store in self.env["bigcommerce.backend"].search(
            [("overdue_hours", ">", 0)]
        ):
            inbox = self.with_env(store._in_company().env)
            while orders := inbox.search(inbox._overdue_domain(store), limit=TOLD):
                orders._tell_overdue()
                if progress(len(orders)) <= 0:
                    progress(remaining=1)
                    return

    @api.model
    def _overdue_domain(self, store):
        limit = fields.Datetime.now() - timedelta(hours=store.overdue_hours)
        kind = self.env.ref(OVERDUE)
        told = Domain("activity_ids.activity_type_id", "=", kind.id)
        return (
            Domain("backend_id", "=", store.id)
            & Domain("state", "in", ("pending", "held", "failed"))
            & Domain("create_date", "<", limit)
            & ~told
        )

    def _tell_overdue(self):
        for order in self:
            store = order.backend_id
            reason = order.error or self.env._("It has not been imported yet.")
            order.activity_schedule(
                OVERDUE,
                note=plaintext2html(reason),
                user_id=(store.user_id or store.create_uid).id,
            )
