from odoo import models


class BigcommerceOrder(models.Model):
    """When it was invoiced, and when money went back."""

    _inherit = "bigcommerce.order"

    def _get_events(self):
        """Override of `_get_events` to add invoices, refunds and credit notes."""
        events = super()._get_events()
        for move in self.sale_order_ids.invoice_ids | self.refund_ids.move_id:
            name = move.name or self.env._("Draft")
            events.append(
                (
                    move.create_date,
                    self.env._("Credit note %(name)s", name=name)
                    if move.move_type == "out_refund"
                    else self.env._("Invoice %(name)s", name=name),
                )
            )
        events += [
            (
                refund.date_created,
                self.env._(
                    "%(amount)s paid back in the store",
                    amount=refund.currency_id.format(refund.amount_total),
                ),
            )
            for refund in self.refund_ids.filtered("date_created")
        ]
        return events
