from odoo import models

# Payment states that mean the money is there (orders.v2.oas2.yml, payment_status).
PAID = ("captured", "paid")


class BigcommerceOrder(models.Model):
    """Invoices and payments, as the payment method's mapping says."""

    _inherit = "bigcommerce.order"

    def _payment_mapping(self):
        return self.env["bigcommerce.payment.mapping"].search(
            [
                ("backend_id", "=", self.backend_id.id),
                ("name", "=", self.payment_method or ""),
            ]
        )

    def _make_invoices(self, document):
        """Invoice the confirmed sale orders of this order.

        :param document: client.documents.Order
        """
        mapping = self._payment_mapping()
        sales = self.sale_order_ids.filtered(
            lambda sale: sale.state == "sale" and sale.invoice_status == "to invoice"
        )
        if mapping.invoicing in (False, "none") or not sales:
            return
        invoices = sales._create_invoices()
        if mapping.invoicing == "draft":
            return
        invoices.action_post()
        if mapping.invoicing == "paid" and document.payment_status in PAID:
            self._pay(invoices, mapping)

    def _pay(self, invoices, mapping):
        for invoice in invoices:
            register = self.env["account.payment.register"].with_context(
                active_model="account.move", active_ids=invoice.ids
            )
            values = {"journal_id": mapping.journal_id.id} if mapping.journal_id else {}
            if mapping.payment_method_line_id:
                values["payment_method_line_id"] = mapping.payment_method_line_id.id
            register.create(values)._create_payments()
