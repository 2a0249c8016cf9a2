from odoo import fields, models


class SaleOrder(models.Model):
    """How the order was paid in its store."""

    _inherit = "sale.order"

    bigcommerce_tender_ids = fields.One2many(
        related="bigcommerce_order_id.tender_ids",
        string="Tenders",
        groups="base.group_user",
    )

    def _bigcommerce_filter_due(self):
        """Return those of these orders of which goods are to be invoiced.

        Costs, discounts and taxes wait for the goods that they were charged for.
        """
        return self.filtered(lambda sale: sale.invoice_status == "to invoice").filtered(
            lambda sale: (
                any(line.qty_to_invoice for line in sale._bigcommerce_goods())
                or not any(
                    line.product_uom_qty > line.qty_invoiced
                    for line in sale._bigcommerce_goods()
                )
            )
        )

    def _bigcommerce_goods(self):
        """Return the lines that were sold as products of the store."""
        return self.order_line.filtered("bigcommerce_line_id")
