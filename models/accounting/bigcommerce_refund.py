from decimal import Decimal

from odoo import Command, api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...client import InvalidDocument, Reader, readable_id
from ...rules.refunds import Sold, refund_parts
from ..store.bigcommerce_payment_mapping import TENDER_METHODS

# How a refund is given back but as money, by the store's word for it (fact F86).
PROVIDERS = {"storecredit": "store_credit", "giftcertificate": "gift_certificate"}
# Which charge of the order an item of a refund is for.
CHARGES = {
    "SHIPPING": "shipping",
    "HANDLING": "handling",
    "GIFT_WRAPPING": "wrapping",
    "FEE": "fee",
}
# What stands on the credit note for a part that is no product of the order.
SERVICE_PRODUCTS = {
    "SHIPPING": "product_shipping",
    "HANDLING": "product_fee",
    "GIFT_WRAPPING": "product_fee",
    "FEE": "product_fee",
}


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
    )
    backend_id = fields.Many2one(
        related="order_id.backend_id", store=True, index=True, string="Store"
    )
    company_id = fields.Many2one(related="backend_id.company_id", store=True)
    remote_id = fields.Integer("Refund", required=True, readonly=True, aggregator=None)
    date_created = fields.Datetime("Refunded", readonly=True)
    reason = fields.Char(readonly=True)
    amount_total = fields.Monetary("Refunded Amount", readonly=True)
    amount_tax = fields.Monetary("Tax", readonly=True)
    currency_id = fields.Many2one(related="order_id.currency_id")
    items = fields.Json(readonly=True)
    payments = fields.Json(
        readonly=True, help="How the money was given back, as the store says."
    )
    is_declined = fields.Boolean("Declined", readonly=True)
    move_id = fields.Many2one(
        "account.move", "Credit Note", readonly=True, index="btree_not_null"
    )
    state = fields.Selection(
        [("pending", "Waiting"), ("done", "Done"), ("failed", "Failed")],
        default="pending",
        required=True,
        readonly=True,
        index=True,
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

    def _get_invoice(self):
        """Return the posted invoice that holds what was refunded, or the first one."""
        invoices = self.order_id.sale_order_ids.invoice_ids.filtered(
            lambda move: move.move_type == "out_invoice" and move.state == "posted"
        ).sorted("id")
        refunded = {item.get("item_id") for item in self.items or ()}
        holding = invoices.filtered(
            lambda move: (
                refunded
                & set(move.invoice_line_ids.sale_line_ids.mapped("bigcommerce_line_id"))
            )
        )
        return (holding or invoices)[:1]

    def _prepare_credit_note(self, invoice):
        currency = invoice.currency_id
        reference = f"{self.display_name}: {self.reason}" if self.reason else None
        return {
            "move_type": "out_refund",
            "partner_id": invoice.partner_id.id,
            "partner_shipping_id": invoice.partner_shipping_id.id,
            "currency_id": currency.id,
            "journal_id": invoice.journal_id.id,
            "fiscal_position_id": invoice.fiscal_position_id.id,
            "invoice_user_id": invoice.invoice_user_id.id,
            "invoice_origin": invoice.invoice_origin,
            "reversed_entry_id": invoice.id,
            "ref": reference or self.display_name,
            "invoice_line_ids": [
                Command.create(self._prepare_line(part, currency))
                for part in self._get_parts(currency)
            ],
        }

    def _get_parts(self, currency):
        """Return what was paid back, part by part (rules/refunds.py)."""
        paid = self._get_units_paid()

        def get_sold(kind, item_id, amount):
            line = self._get_sale_line(kind, item_id, amount)
            unit = paid.get(item_id) if kind == "PRODUCT" else None
            if unit is None and line.product_uom_qty:
                unit = _decimal(line.price_total) / _decimal(line.product_uom_qty)
            rates = {tax: _decimal(tax.amount) for tax in _percentages(line.tax_ids)}
            return Sold(unit, rates)

        refund = {
            "items": self.items,
            "total_amount": self.amount_total,
            "total_tax": self.amount_tax,
        }
        return refund_parts(
            refund, get_sold, self._get_order_rates(), currency.decimal_places
        )

    def _get_units_paid(self):
        """Return {order line: paid for a unit of it, tax included, less discounts}."""
        if not self.order_id.payload:
            return {}
        return {
            line.id: line.discounted_total_inc_tax / line.quantity
            for line in self.order_id._get_document().lines
            if line.quantity and line.discounted_total_inc_tax is not None
        }

    def _get_order_rates(self):
        """Return {tax: (percent, amount)} of the taxes that the order bears."""
        rates = {}
        for line in self.order_id.sale_order_ids.order_line:
            for tax in _percentages(line.tax_ids):
                rate = _decimal(tax.amount)
                _rate, amount = rates.get(tax, (rate, 0))
                rates[tax] = rate, amount + _decimal(line.price_subtotal) * rate / 100
        return {tax: row for tax, row in rates.items() if row[1] > 0}

    def _get_sale_line(self, kind, item_id, amount=None):
        """Return the sale order line that a part of a refund was sold on, or none.

        :param str kind: `item_type` of the store's refund
        :param int item_id: what it is for (fact F43)
        :param amount: of the part, to tell the fees of an order apart
        """
        lines = self.order_id.sale_order_ids.order_line
        if kind == "PRODUCT":
            return lines.filtered(lambda line: line.bigcommerce_line_id == item_id)[:1]
        lines = lines.filtered(
            lambda line: kind and line.bigcommerce_charge == CHARGES.get(kind)
        )
        if kind in ("SHIPPING", "HANDLING"):
            own = lines.filtered(
                lambda line: line.order_id.bigcommerce_address_id == item_id
            )
            return (own or lines)[:1]
        same = lines.filtered(lambda line: _decimal(line.price_total) == amount)
        return (same or lines)[:1]

    def _prepare_line(self, part, currency):
        """Return the values of the credit note's line for one part."""
        sale_line = self._get_sale_line(part.kind, part.item_id, part.gross)
        product, name = self._get_part_product(part, sale_line)
        quantity, values = part.quantity, {}
        if part.kind == "PRODUCT" and part.gross > 0 and sale_line:
            values["sale_line_ids"] = [Command.link(sale_line.id)]
        unit = round(part.gross / quantity, currency.decimal_places)
        if not part.taxes and part.gross != unit * quantity:
            # only a line with tax keeps an amount that its price does not come to
            name, quantity = f"{quantity} x {name}", 1
        return {
            **values,
            "product_id": product.id,
            "name": name,
            "quantity": quantity,
            **self.env["account.tax"]._bigcommerce_prepare_amounts(
                currency, quantity, part.net, part.taxes
            ),
        }

    def _get_part_product(self, part, sale_line):
        """Return (product, text) of a line."""
        if part.kind == "PRODUCT" and sale_line:
            name = sale_line.name if part.gross > 0 else part.text
            return sale_line.product_id, name or self.env._("Deduction")
        name = SERVICE_PRODUCTS.get(part.kind, "product_discount")
        product = self.env.ref(f"connector_bigcommerce.{name}")
        text = part.text or (sale_line.name if sale_line else self.reason)
        return product, text or self.env._("Refund")


def _percentages(taxes):
    """Return those of some taxes that are a plain percentage."""
    return taxes.filtered(lambda tax: tax.amount_type == "percent")


def _decimal(amount):
    return Decimal(str(amount))
