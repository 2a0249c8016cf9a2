from odoo import models
from odoo.tools import split_every

from ...client import Forbidden

# Orders whose refunds one call reads (bigcommerce-api.md section 10).
BATCH = 100


class BigcommerceBackend(models.Model):
    """Refunds in: read those of changed orders, make their credit notes."""

    _inherit = "bigcommerce.backend"

    def _fetch_refunds(self, client, run):
        """Read new refunds and make the credit notes that are due.

        An API account that may not read refunds is told so in the run; orders come
        in all the same.
        """
        orders = self.env["bigcommerce.order"].search(
            [
                ("backend_id", "=", self.id),
                ("refunds_due", "=", True),
                ("state", "=", "imported"),
            ]
        )
        refunds = self.env["bigcommerce.refund"]
        try:
            for ids in split_every(BATCH, orders.ids):
                batch = orders.browse(ids)
                payloads = list(client.refunds(batch.mapped("remote_id")))
                refunds._receive(batch, payloads)._settle()
                batch.refunds_due = False
                run._commit()
        except Forbidden as error:
            run._note(str(error))
        self._waiting_refunds()._settle()
        run._commit()

    def _waiting_refunds(self):
        """Return the refunds that waited for an invoice which is there now."""
        return self.env["bigcommerce.refund"].search(
            [
                ("backend_id", "=", self.id),
                ("state", "=", "pending"),
                (
                    "order_id.sale_order_ids.order_line.invoice_lines.parent_state",
                    "=",
                    "posted",
                ),
            ]
        )
