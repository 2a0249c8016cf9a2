from odoo import models


class SaleOrderLine(models.Model):
    """What of a line is invoiced, and on which account."""

    _inherit = "sale.order.line"

    def _compute_qty_to_invoice(self):
        """Override of `_compute_qty_to_invoice` to not invoice again what the store
        refunded.

        A credit note takes its units out of the invoiced ones, as in Odoo; a return of
        the goods meets that, and until then nothing is due.
        """
        result = super()._compute_qty_to_invoice()
        for line in self.filtered("is_bigcommerce_price"):
            if line.qty_to_invoice > 0:
                refunded = line._bigcommerce_units_credited()
                line.qty_to_invoice = max(line.qty_to_invoice - refunded, 0)
        return result

    def _bigcommerce_units_credited(self):
        """Return the units on credit notes of the store's refunds."""
        lines = self.invoice_lines.filtered(
            lambda line: (
                line.move_type == "out_refund"
                and line.parent_state != "cancel"
                # a salesperson need not read refunds
                and line.move_id.sudo().bigcommerce_refund_ids
            )
        )
        return sum(lines.mapped("quantity"))

    def _prepare_invoice_line(self, **optional_values):
        """Override of `_prepare_invoice_line` to book collected tax where the store's
        account for it says."""
        values = super()._prepare_invoice_line(**optional_values)
        collected = self.env.ref("connector_bigcommerce.product_tax")
        account = self.order_id.bigcommerce_backend_id.collected_tax_account_id
        if self.product_id == collected and account:
            values["account_id"] = account.id
        return values
