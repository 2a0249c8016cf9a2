from odoo import models

# Payment states that mean the money is there (orders.v2.oas2.yml, payment_status).
PAID = ("captured", "paid")

# What the payment mapping calls the tenders that are no payment.
TENDER_METHODS = {
    "gift_certificate": "Gift Certificate",
    "store_credit": "Store Credit",
}


class BigcommerceOrder(models.Model):
    """Invoices and payments, as the payment method's mapping says."""

    _inherit = "bigcommerce.order"

    def _payment_mapping(self, method=None):
        """Return what a payment method means; without one, that of the order."""
        name = method or self.payment_method or ""
        return self.backend_id.payment_mapping_ids.filtered(
            lambda mapping: mapping.name == name
        )

    def _tender_methods(self, document):
        """Return what the payment mapping calls an order's certificates and credit."""
        amounts = {
            "gift_certificate": document.gift_certificate_amount,
            "store_credit": document.store_credit_amount,
        }
        return [TENDER_METHODS[kind] for kind, amount in amounts.items() if amount]

    def _is_invoiced(self):
        """Tell whether the payment method's mapping asks for invoices."""
        return self._payment_mapping().invoicing not in (False, "none")

    def _make_invoices(self, document):
        """Invoice what is to be invoiced, and register what has been paid.

        A sale order that does not come to what was charged is left to a person.

        :param document: client.documents.Order
        """
        if not self._is_invoiced():
            return
        mapping = self._payment_mapping()
        confirmed = self.sale_order_ids.filtered(lambda sale: sale.state == "sale")
        invoices = self._invoice(confirmed, document)
        if mapping.invoicing == "draft":
            return
        invoices.action_post()
        if mapping.invoicing == "paid" and document.payment_status in PAID:
            self._pay(confirmed._bigcommerce_posted_invoices())

    def _invoice(self, confirmed, document):
        """Return new draft invoices of what is to be invoiced, when it adds up."""
        due = confirmed.filtered(lambda sale: sale.invoice_status == "to invoice")
        total = sum(self._live_sale_orders().mapped("amount_total"))
        if not due:
            return self.env["account.move"]
        if due.currency_id.compare_amounts(total, float(document.total_inc_tax)):
            self._tell_person(
                self.env._("Not invoiced: its total is not what the store charged.")
            )
            return self.env["account.move"]
        return due._create_invoices()

    def _pay(self, invoices):
        """Register each tender on the invoices, as far as it goes.

        A certificate or credit whose mapping names no journal stays open on the
        invoice: booking it as money would be wrong.
        """
        for tender, left in self._tenders_left(invoices):
            mapping = self._payment_mapping(TENDER_METHODS.get(tender.kind))
            if tender.kind != "payment" and not mapping.journal_id:
                continue
            for invoice in invoices:
                amount = min(left, invoice.amount_residual)
                if not invoice.currency_id.is_zero(amount):
                    self._register_payment(invoice, mapping, amount)
                    left -= amount

    def _tenders_left(self, invoices):
        """Return (tender, amount) of what has not been registered before."""
        paid = sum(move.amount_total - move.amount_residual for move in invoices)
        result = []
        for tender in self.tender_ids.sorted(lambda tender: tender.kind == "payment"):
            used = min(paid, tender.amount)
            paid -= used
            result.append((tender, tender.amount - used))
        return result

    def _register_payment(self, invoice, mapping, amount):
        register = self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=invoice.ids
        )
        values = {"amount": amount}
        if mapping.journal_id:
            values["journal_id"] = mapping.journal_id.id
        if mapping.payment_method_line_id:
            values["payment_method_line_id"] = mapping.payment_method_line_id.id
        register.create(values)._create_payments()
