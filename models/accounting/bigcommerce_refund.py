from decimal import Decimal

from odoo import Command, api, fields, models
from odoo.exceptions import UserError

from ...client import parse_moment
from ...rules.refunds import refund_parts, share_tax

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
        self.check_access("write")
        open_refunds = self.sudo().filtered(
            lambda refund: refund.state != "done" and not refund.is_declined
        )
        open_refunds._try_soon()
        for backend, refunds in open_refunds.grouped("backend_id").items():
            refunds.with_env(backend._in_company().env)._settle()

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
                self._prepare_values(rows[payload["order_id"]], payload)
                for payload in payloads
                if payload["id"] not in known and payload["order_id"] in rows
            ]
        )

    def _prepare_values(self, order, payload):
        values = {
            "order_id": order.id,
            "remote_id": payload["id"],
            "date_created": _moment(payload),
            "reason": payload.get("reason"),
            "amount_total": payload.get("total_amount") or 0.0,
            "amount_tax": payload.get("total_tax") or 0.0,
            "items": payload.get("items") or [],
        }
        payments = payload.get("payments") or []
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
        parts = refund_parts(self.items or [], _decimal(self.amount_total))
        taxes = self._get_part_taxes(parts, invoice)
        rates = [_decimal(tax.amount) for tax in taxes]
        share_tax(
            parts, _decimal(self.amount_tax), rates, invoice.currency_id.decimal_places
        )
        reference = f"{self.display_name}: {self.reason}" if self.reason else None
        return {
            "move_type": "out_refund",
            "partner_id": invoice.partner_id.id,
            "partner_shipping_id": invoice.partner_shipping_id.id,
            "currency_id": invoice.currency_id.id,
            "journal_id": invoice.journal_id.id,
            "fiscal_position_id": invoice.fiscal_position_id.id,
            "invoice_user_id": invoice.invoice_user_id.id,
            "invoice_origin": invoice.invoice_origin,
            "reversed_entry_id": invoice.id,
            "ref": reference or self.display_name,
            "invoice_line_ids": [
                Command.create(self._prepare_line(part, tax, invoice.currency_id))
                for part, tax in zip(parts, taxes, strict=True)
            ],
        }

    def _get_part_taxes(self, parts, invoice):
        """Return the tax that each part bears: that of the line it was sold on.

        A refund of an amount, of no line in particular, bears tax only when the store
        says so and no line explains it: then it is the invoice's main tax.
        """
        taxes = [_only_rate(self._get_sale_line(part).tax_ids) for part in parts]
        if self.amount_tax and not any(taxes):
            main = max(invoice.invoice_line_ids, key=lambda line: line.price_subtotal)
            taxes = [_only_rate(main.tax_ids) for _part in parts]
        return taxes

    def _get_sale_line(self, part):
        """Return the sale order line that a part was sold on, or none."""
        sales = self.order_id.sale_order_ids
        if part.kind in ("PRODUCT", "GIFT_WRAPPING"):
            return sales.order_line.filtered(
                lambda line: line.bigcommerce_line_id == part.item_id
            )[:1]
        if part.kind in ("SHIPPING", "HANDLING"):
            lines = sales.order_line.filtered("is_delivery")
            own = lines.filtered(
                lambda line: line.order_id.bigcommerce_address_id == part.item_id
            )
            return (own or lines)[:1]
        return sales.order_line.browse()

    def _prepare_line(self, part, tax, currency):
        """Return the values of the credit note's line for one part."""
        product, name = self._get_part_product(part)
        tax = tax if part.tax else tax.browse()
        amount = part.gross if not tax or tax.price_include else part.net
        quantity = part.quantity
        if amount != round(amount / quantity, currency.decimal_places) * quantity:
            name, quantity = f"{quantity} x {name}", 1
        return {
            "product_id": product.id,
            "name": name,
            "quantity": quantity,
            **tax._bigcommerce_prepare_amounts(currency, quantity, part.net, part.tax),
        }

    def _get_part_product(self, part):
        """Return (product, text) of a line."""
        sale_line = self._get_sale_line(part)
        if part.kind == "PRODUCT" and sale_line:
            return sale_line.product_id, sale_line.name
        name = SERVICE_PRODUCTS.get(part.kind, "product_discount")
        product = self.env.ref(f"connector_bigcommerce.{name}")
        if part.kind == "SHIPPING" and sale_line:
            return product, sale_line.name
        return product, self.reason or self.env._("Refund")


def _only_rate(taxes):
    """Return the one percentage among some taxes, or none of them."""
    return taxes if len(taxes) == 1 and taxes.amount_type == "percent" else taxes[:0]


def _decimal(amount):
    return Decimal(str(amount))


def _moment(payload):
    """Return when a refund was made, as Odoo stores a time, or False."""
    created = payload.get("created")
    return parse_moment(created).replace(tzinfo=None) if created else False
