from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...client import InvalidDocument, Reader, readable_id
from ..store.bigcommerce_payment_mapping import TENDER_METHODS

# How a refund is given back but as money, by the store's word for it (fact F86).
PROVIDERS = {"storecredit": "store_credit", "giftcertificate": "gift_certificate"}


class BigcommerceRefund(models.Model):
    """Money that the store gave back, and its credit note."""

    _name = "bigcommerce.refund"
    _inherit = ["bigcommerce.retry.mixin"]
    _description = "BigCommerce Refund"
    _order = "remote_id desc"

    order_id = fields.Many2one(
        "bigcommerce.order",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
        help="The order of which money was given back.",
    )
    backend_id = fields.Many2one(
        related="order_id.backend_id", store=True, index=True, string="Store"
    )
    company_id = fields.Many2one(related="backend_id.company_id", store=True)
    remote_id = fields.Integer(
        "Refund",
        required=True,
        readonly=True,
        aggregator=None,
        help="The refund's number in the store.",
    )
    date_created = fields.Datetime(
        "Refunded",
        readonly=True,
        help="When the store gave the money back.",
    )
    reason = fields.Char(
        readonly=True,
        help="As the store's staff wrote it.",
    )
    amount_total = fields.Monetary(
        "Refunded Amount",
        readonly=True,
        help="What was paid back, with tax.",
    )
    amount_tax = fields.Monetary(
        "Tax",
        readonly=True,
        help="Tax in it.",
    )
    currency_id = fields.Many2one(related="order_id.currency_id")
    items = fields.Json(
        readonly=True,
        help="What was refunded, as the store says.",
    )
    payments = fields.Json(
        readonly=True, help="How the money was given back, as the store says."
    )
    is_declined = fields.Boolean(
        "Declined",
        readonly=True,
        help="The payment provider gave nothing back.",
    )
    move_id = fields.Many2one(
        "account.move",
        "Credit Note",
        readonly=True,
        index="btree_not_null",
        help="The credit note for it.",
    )
    state = fields.Selection(
        [("pending", "Waiting"), ("done", "Done"), ("failed", "Failed")],
        default="pending",
        required=True,
        readonly=True,
        index=True,
        help="Waiting: the credit note is made with the next import. Failed: it "
        "needs a person, or is tried again.",
    )

    _remote_uniq = models.UniqueIndex(
        "(backend_id, remote_id)", "This refund has been received already."
    )

    @api.depends("remote_id", "order_id")
    def _compute_display_name(self):
        for refund in self:
            refund.display_name = self.env._(
                "Refund %(number)s of %(order)s",
                number=refund.remote_id,
                order=refund.order_id.display_name,
            )

    def action_retry(self):
        """Make the credit notes of these refunds, now, where that is possible."""
        self._check_user()
        open_refunds = self._as_system().filtered(
            lambda refund: refund.state != "done" and not refund.is_declined
        )
        open_refunds._try_soon()
        for backend, refunds in open_refunds.grouped("backend_id").items():
            refunds.with_env(backend._in_company().env)._settle()
        return True

    def action_open_credit_note(self):
        """Show the credit note."""
        return self.move_id._get_records_action()

    @api.model
    def _receive(self, orders, payloads):
        """Note refunds that are not known yet.

        :param orders: inbox rows that were asked for
        :param list payloads: as GET /v3/orders/payment_actions/refunds lists them
        """
        rows = orders.grouped("remote_id")
        known = set(self.search([("order_id", "in", orders.ids)]).mapped("remote_id"))
        return self.create(
            [
                self._prepare_values(rows[readable_id(payload["order_id"])], payload)
                for payload in payloads
                if payload["id"] not in known
                and readable_id(payload.get("order_id")) in rows
            ]
        )

    def _prepare_values(self, order, payload):
        """Return a refund's values; one that cannot be read waits for a person."""
        values = {"order_id": order.id, "remote_id": payload["id"]}
        refund = Reader(payload, f"refund {payload['id']}")
        try:
            created = refund.date("created")
            values.update(
                date_created=created.replace(tzinfo=None) if created else False,
                reason=refund.text("reason") or False,
                amount_total=float(refund.amount("total_amount")),
                amount_tax=float(refund.amount("total_tax")),
                items=[item.raw for item in refund.parts("items")],
                payments=[payment.raw for payment in refund.parts("payments")],
            )
        except InvalidDocument as error:
            return {**values, "state": "failed", "error": str(error)}
        payments = values["payments"]
        if payments and all(payment.get("is_declined") for payment in payments):
            values["is_declined"] = True
            values["state"] = "failed"
            values["error"] = self.env._("The payment provider declined this refund.")
        return values

    def _settle(self):
        """Make the credit notes that are due; each is its own success or failure."""
        for refund in self._lock_due().filtered(lambda refund: not refund.move_id):
            refund._attempt(refund._make_credit_note)

    def _make_credit_note(self):
        """Make a draft credit note for exactly what was paid back.

        :raise UserError: when it would not come to that
        """
        invoice = self._get_invoice()
        if not invoice:
            self._set_state(
                "pending",
                error=self.env._(
                    "The order has no posted invoice yet. The credit note is made "
                    "when there is one."
                ),
            )
            return
        move = self.env["account.move"].create(self._prepare_credit_note(invoice))
        difference = move.currency_id.compare_amounts(
            move.amount_total, self.amount_total
        )
        if difference:
            raise UserError(
                self.env._(
                    "The credit note would be %(total)s instead of %(refunded)s: "
                    "please write it by hand.",
                    total=move.amount_total,
                    refunded=self.amount_total,
                )
            )
        self._set_state("done", error=False, next_attempt=False, move_id=move.id)
        if self._get_mapping().invoicing == "paid":
            self._pay_back()

    def _get_mapping(self):
        """Return what the order's payment method means, or none."""
        return self.order_id._get_payment_mapping(self.order_id.payment_method)

    def _pay_back(self):
        """Post the credit note and register how the money was given back.

        Store credit and certificates whose mapping names no journal stay open, as they
        do on the invoice. What accounting refuses does not undo the credit note.
        """
        try:
            with self.env.cr.savepoint():
                self.move_id.action_post()
                for payment in self.payments or []:
                    self._register_payment(payment)
        except (UserError, ValidationError) as error:
            self.error = str(error)

    def _register_payment(self, payment):
        """Register one payment of the refund.

        :param dict payment: as the store says (fact F86)
        """
        tender = PROVIDERS.get(payment.get("provider_id"))
        mapping = self.order_id._get_payment_mapping(
            TENDER_METHODS.get(tender, self.order_id.payment_method)
        )
        amount = min(payment.get("amount") or 0, self.move_id.amount_residual)
        refused = payment.get("is_declined") or (tender and not mapping.journal_id)
        if amount > 0 and not refused:
            self.order_id._register_payment(self.move_id, mapping, amount)
