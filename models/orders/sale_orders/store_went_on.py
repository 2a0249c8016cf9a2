from odoo import fields, models

from ....client import InvalidDocument
from ....const import COMPLETED, PAID, SHIPPED


class BigcommerceOrder(models.Model):
    """Orders that the store shipped or completed before they came in here.

    Their statuses say that nothing is to be done, and yet nothing was done here: no
    sale, no invoice, nothing taken from stock. Downloads that were paid come in all the
    same; of the others a person is told, and decides.
    """

    _inherit = "bigcommerce.order"

    decision = fields.Selection(
        [("import", "Import"), ("leave", "Leave Out")],
        readonly=True,
        help="What a person decided about an order that the store went on with.",
    )

    def action_import_anyway(self):
        """Import these orders whatever the mapping of their status says."""
        self._check_user()
        self._as_system().decision = "import"
        return self.action_retry()

    def action_leave_out(self):
        """Leave these orders out for good."""
        self._check_user()
        left = self._as_system().filtered(lambda order: order.state == "ignored")
        left.write({"decision": "leave", "error": False})
        return True

    def _has_gone_on(self):
        """Tell whether the store was done with this order before it came in here.

        One that was placed before the store was known here is history.
        """
        known_since = self.backend_id.create_date
        return (
            self.status_id in (SHIPPED, COMPLETED)
            and not self.is_archived
            and bool(self.date_created)
            and self.date_created >= known_since.replace(microsecond=0)
        )

    def _is_paid_download(self):
        """Tell whether nothing of this order is to be sent, and it was paid."""
        if not self.payload:
            return False
        try:
            document = self._get_document()
        except InvalidDocument:
            # a person is told of the order, and what it holds is in its payload
            return False
        is_paid = document.payment_status in PAID or not document.total_inc_tax
        return document.is_digital and is_paid

    def _is_wanted(self):
        """Tell whether this order comes in although its status is not imported."""
        return self.decision == "import" or (
            self._has_gone_on() and self._is_paid_download()
        )

    def _set_aside(self):
        """Ignore these orders, as their statuses say; what went on is told."""
        told = self.filtered(
            lambda order: order.decision != "leave" and order._has_gone_on()
        )
        (self - told)._set_state("ignored", error=False, next_attempt=False)
        for status, orders in told.grouped("status_mapping_id").items():
            message = self.env._(
                "The store set this order to %(status)s before it came in here: "
                "nothing was sold, invoiced or taken from stock in Odoo. Import it all "
                "the same, or leave it out.",
                status=status.display_name,
            )
            orders._set_state("ignored", error=message, next_attempt=False)
