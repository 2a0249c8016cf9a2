from functools import partial

from odoo import api, fields, models

from ...const import PAID, PARTIALLY_REFUNDED, REFUNDED
from ..store.bigcommerce_payment_mapping import TENDER_METHODS

# Payment states of an order of which money was given back.
REFUNDED_PAYMENTS = ("refunded", "partially refunded")


class BigcommerceOrder(models.Model):
    """Invoices, payments and refunds of an order."""

    _inherit = "bigcommerce.order"

    tender_ids = fields.One2many(
        "bigcommerce.order.tender",
        "order_id",
        help="How the order was paid, part by part.",
    )
    refund_ids = fields.One2many(
        "bigcommerce.refund",
        "order_id",
        help="What was paid back.",
    )
    refunds_due = fields.Boolean(
        compute="_compute_refunds_due",
        store=True,
        readonly=False,
        help="The store changed this order, and money was given back.",
    )

    _refunds_due_idx = models.Index("(backend_id) WHERE refunds_due")

    @api.depends("payload_digest", "status_id", "payment_status", "units_refunded")
    def _compute_refunds_due(self):
        for order in self:
            order.refunds_due = (
                is_given_back(order.status_id, order.payment_status)
                or order.units_refunded > 0
            )

    def _book(self, document):
        """Note how this order was paid, and invoice what is to be invoiced.

        The one step from orders to accounting. What accounting lacks does not undo
        the import, nor keep the parcel.

        :param document: client.documents.Order
        """
        self.env["bigcommerce.order.tender"]._replace(self, document)
        if self._is_invoiced():
            self._attempt(partial(self._make_invoices, document))

    def _is_invoiced(self):
        """Tell whether the payment method's and the status's mapping want invoices."""
        status = self.status_mapping_id
        return (
            self._get_payment_mapping(self.payment_method).invoicing
            not in (False, "none")
            and status.update_action != "cancel"
            and status.import_action != "hold"
        )

    def _get_payment_mapping(self, method):
        """Return what a payment method means, or none."""
        return self.backend_id.payment_mapping_ids._filter_by_name(method or "")

    def _make_invoices(self, document):
        """Invoice what is to be invoiced, and register what has been paid.

        A sale order that does not come to what was charged is left to a person.
        """
        mapping = self._get_payment_mapping(self.payment_method)
        confirmed = self.sale_order_ids.filtered(lambda sale: sale.state == "sale")
        invoices = self._invoice(confirmed, document)
        if mapping.invoicing == "draft":
            return
        invoices.action_post()
        if mapping.invoicing == "paid" and self._is_paid(document):
            self._pay(confirmed._bigcommerce_posted_invoices())

    def _is_paid(self, document):
        """Tell whether the money is there.

        Certificates and credit are taken at checkout, whatever the gateway says.
        """
        return document.payment_status in PAID or not self.tender_ids.filtered(
            lambda tender: tender.kind == "payment"
        )

    def _invoice(self, confirmed, document):
        """Return new draft invoices of what is to be invoiced, when it adds up."""
        due = confirmed._bigcommerce_filter_due()
        total = sum(self._get_live_sale_orders().mapped("amount_total"))
        if not due:
            return self.env["account.move"]
        if due.currency_id.compare_amounts(total, float(document.total_inc_tax)):
            self._message_person(
                self.env._("Not invoiced: its total is not what the store charged.")
            )
            return self.env["account.move"]
        return due._create_invoices()

    def _pay(self, invoices):
        """Register each tender on the invoices, as far as it goes, and once.

        A certificate or credit whose mapping names no journal stays open on the
        invoice: booking it as money would be wrong.
        """
        for tender in self.tender_ids.sorted(lambda tender: tender.kind == "payment"):
            mapping = self._get_payment_mapping(
                TENDER_METHODS.get(tender.kind, self.payment_method)
            )
            if tender.kind != "payment" and not mapping.journal_id:
                continue
            for invoice in invoices:
                left = tender.amount - tender.registered
                amount = min(left, invoice.amount_residual)
                if invoice.currency_id.compare_amounts(amount, 0) > 0:
                    self._register_payment(invoice, mapping, amount)
                    tender.registered += amount

    def _register_payment(self, invoice, mapping, amount):
        """Register a payment of an invoice or a credit note.

        :param mapping: bigcommerce.payment.mapping that says how it is booked
        :param float amount: in the invoice's currency
        """
        register = self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=invoice.ids
        )
        values = {
            "amount": amount,
            "currency_id": invoice.currency_id.id,
            "payment_date": self._get_payment_date(invoice, mapping.journal_id),
        }
        if number := (self.payload or {}).get("payment_provider_id"):
            values["communication"] = f"{invoice.payment_reference} {number}"
        if mapping.journal_id:
            values["journal_id"] = mapping.journal_id.id
        if mapping.payment_method_line_id:
            values["payment_method_line_id"] = mapping.payment_method_line_id.id
        register.create(values)._create_payments()

    def _get_payment_date(self, invoice, journal):
        """Return the day of the order, or of today where its period is closed.

        Money that is given back is given back today.
        """
        today = fields.Date.context_today(self)
        if invoice.move_type != "out_invoice" or not self.date_created:
            return today
        day = fields.Datetime.context_timestamp(self, self.date_created).date()
        closed = self.company_id._get_user_fiscal_lock_date(journal)
        return day if day > closed else today


def is_given_back(status_id, payment_status):
    """Tell whether an order's header says that money was given back."""
    return (
        status_id in (REFUNDED, PARTIALLY_REFUNDED)
        or payment_status in REFUNDED_PAYMENTS
    )
