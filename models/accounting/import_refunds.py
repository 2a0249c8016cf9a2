from odoo.fields import Domain
from odoo.tools import split_every

from ...client import Forbidden
from ...client.limits import ID_BATCH
from ..orders.import_orders import ImportOrders


class ImportOrdersAndRefunds(ImportOrders, kind="import_orders"):
    """Orders in, then the refunds of those that changed, with their credit notes."""

    def work(self):
        """Override of `work` to import refunds after the orders they are of."""
        result = super().work()
        self.import_refunds()
        self.settle_waiting()
        return result

    def import_refunds(self):
        """Read new refunds of changed orders.

        An API account that may not read refunds is told so in the run; orders come
        in all the same.
        """
        if self.backend.auth_method == "legacy":
            return
        orders = self.env["bigcommerce.order"].search(
            [
                ("backend_id", "=", self.backend.id),
                ("refunds_due", "=", True),
                ("state", "=", "imported"),
            ]
        )
        refunds = self.env["bigcommerce.refund"]
        try:
            for ids in split_every(ID_BATCH, orders.ids):
                batch = orders.browse(ids)
                unreadable = []
                payloads = list(
                    self.client.refunds(batch.mapped("remote_id"), unreadable.append)
                )
                refunds._receive(batch, payloads)._settle()
                for refund in unreadable:
                    self.run._note(
                        self.env._(
                            "A refund without a readable number was set aside: "
                            "%(refund)s",
                            refund=refund,
                        )
                    )
                # nobody knows whose it is: all are asked for again
                batch.refunds_due = bool(unreadable)
                self.commit()
        except Forbidden as error:
            self.run._note(str(error))

    def settle_waiting(self):
        """Make the credit notes that waited for an invoice, or that failed before."""
        refunds = self.env["bigcommerce.refund"]
        invoice = "order_id.sale_order_ids.order_line.invoice_lines.parent_state"
        waiting = Domain("backend_id", "=", self.backend.id) & (
            Domain("state", "=", "failed") | Domain(invoice, "=", "posted")
        )
        refunds.search(waiting & refunds._due_domain())._settle()
