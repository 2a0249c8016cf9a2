from odoo import api, fields, models
from odoo.exceptions import UserError

from ...rules.proof import LEFT_OUT
from ..store.control_panel import open_in_control_panel

CAUSES = [
    ("missing_odoo", "In the store and not here"),
    ("missing_store", "Here and not in the store"),
    ("held", "Held here"),
    ("waiting", "Not imported yet"),
    ("cancelled_store", "Cancelled there and not here"),
    ("cancelled_odoo", "Cancelled here and not there"),
    ("invoice_open", "Cancelled there, invoiced here"),
    ("currency", "Another currency"),
    ("total", "Another total"),
    ("tax", "Another tax"),
    ("shipped_store", "Shipped there and not here"),
    ("shipped_odoo", "Shipped here and not there"),
    ("refund_uncredited", "Refund without credit note"),
    ("credit_amount", "Credit note of another amount"),
    ("credit_alone", "Credit note without a refund in the store"),
    ("left_out", "Left out: its status is not imported"),
    ("archived", "Left out: archived in the store"),
]
REFUND_CAUSES = ("refund_uncredited", "credit_amount", "credit_alone")
# Causes whose values are units, not money.
IN_UNITS = ("shipped_store", "shipped_odoo")


class BigcommerceProofLine(models.Model):
    """One thing about one order that is not the same on both sides."""

    _name = "bigcommerce.proof.line"
    _inherit = ["bigcommerce.locked.mixin"]
    _description = "BigCommerce Difference"
    _order = "proof_id desc, is_difference desc, order_number, id"
    _rec_name = "order_number"

    proof_id = fields.Many2one(
        "bigcommerce.proof",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
        help="The day that it belongs to.",
    )
    backend_id = fields.Many2one(related="proof_id.backend_id", store=True)
    company_id = fields.Many2one(related="proof_id.company_id", store=True)
    date = fields.Date(related="proof_id.date", store=True)
    currency_id = fields.Many2one(related="proof_id.currency_id")
    order_number = fields.Integer(
        "Order",
        required=True,
        readonly=True,
        index=True,
        aggregator=None,
        help="The order's number in the store.",
    )
    order_id = fields.Many2one(
        "bigcommerce.order",
        "Inbox",
        readonly=True,
        ondelete="set null",
        help="The order in the inbox. Empty: it is not here.",
    )
    cause = fields.Selection(
        CAUSES,
        required=True,
        readonly=True,
        help="What kind of difference it is.",
    )
    is_difference = fields.Boolean(
        compute="_compute_is_difference",
        store=True,
        help="Off: an order that is not meant to be here.",
    )
    value_store = fields.Float(
        "There",
        readonly=True,
        aggregator=None,
        help="The store's number.",
    )
    value_odoo = fields.Float(
        "Here",
        readonly=True,
        aggregator=None,
        help="Odoo's number.",
    )
    in_store = fields.Char(
        "In the Store",
        compute="_compute_texts",
        help="How it is in the store, in words.",
    )
    in_odoo = fields.Char(
        compute="_compute_texts",
        help="How it is in Odoo, in words.",
    )
    detail = fields.Text(readonly=True, help="What the record itself says.")
    hint = fields.Text(
        "What to Do",
        compute="_compute_texts",
        help="What a person can do about it.",
    )
    res_model = fields.Char(
        readonly=True,
        help="Where the record is kept.",
    )
    res_id = fields.Integer(
        readonly=True,
        aggregator=None,
        help="The record that differs.",
    )
    record_name = fields.Char(
        "Record",
        readonly=True,
        help="The record that differs, as a person calls it.",
    )
    is_told = fields.Boolean(
        readonly=True,
        help="Whether a person was told of it.",
    )

    @api.depends("cause")
    def _compute_is_difference(self):
        for line in self:
            line.is_difference = line.cause not in LEFT_OUT

    @api.depends_context("lang")
    @api.depends("cause", "value_store", "value_odoo", "currency_id")
    def _compute_texts(self):
        hints = self._get_hints()
        for line in self:
            line.in_store = line._format(line.value_store)
            line.in_odoo = line._format(line.value_odoo)
            line.hint = hints[line.cause]

    def action_open(self):
        """Show the record that differs; what is not here, in the store.

        :raise UserError: when the record is gone
        """
        self.ensure_one()
        self.check_access("read")
        if not self.res_model:
            path = f"/manage/orders/{self.order_number}"
            return open_in_control_panel(self.backend_id, path)
        record = self.env[self.res_model].browse(self.res_id).exists()
        if not record:
            raise UserError(
                self.env._("%s is no longer there: compare again.", self.record_name)
            )
        return record._get_records_action()

    def _format(self, value):
        """Return a value in words: units or money."""
        if self.cause in IN_UNITS:
            return self.env._("Units: %s", round(value))
        return self.currency_id.format(value)

    @api.model
    def _get_hints(self):
        """Return {cause: what to do about it}."""
        return {
            "missing_odoo": self.env._("Use Fetch Orders with its number."),
            "missing_store": self.env._(
                "It was archived or deleted there: cancel it here, or restore it."
            ),
            "held": self.env._("Open the order: it says what it waits for."),
            "waiting": self.env._("Use Import Orders, or Retry on the order."),
            "cancelled_store": self.env._(
                "Cancel it here, or take back what was delivered."
            ),
            "cancelled_odoo": self.env._("Cancel it in the store, or sell it here."),
            "invoice_open": self.env._("Reverse the invoice with a credit note."),
            "currency": self.env._("Correct the currency of the sale order."),
            "total": self.env._(
                "Compare the lines of the sale order with the order in the store."
            ),
            "tax": self.env._("Compare the taxes of its lines with the tax mapping."),
            "shipped_store": self.env._(
                "Validate the delivery, or delete the shipment in the store."
            ),
            "shipped_odoo": self.env._(
                "Use Export Shipments, or Retry on the shipment."
            ),
            "refund_uncredited": self.env._(
                "Post the invoice, then Retry on the refund; or credit it by hand."
            ),
            "credit_amount": self.env._("Correct the credit note."),
            "credit_alone": self.env._(
                "Refund it in the store, or cancel the credit note."
            ),
            "left_out": self.env._(
                "Nothing. If such orders are to come in, map the status and fetch them."
            ),
            "archived": self.env._("Nothing."),
        }

    @api.model
    def _replace(self, outdated, rows):
        """Have these differences and no others; what stays as it was is not touched.

        :param outdated: the lines found before, of the same orders
        :param list rows: values of what was found now
        """
        known = {line._key(): line for line in outdated}
        new = []
        for values in rows:
            line = known.pop(self._key_of(values), None)
            if not line:
                new.append(values)
                continue
            changes = {
                name: value
                for name, value in values.items()
                if line._fields[name].convert_to_write(line[name], line) != value
            }
            if changes:
                line.write(changes)
        self.browse().concat(*known.values()).unlink()
        self.create(new)

    def _key(self):
        """Return what tells this line apart from the others of its store."""
        return self._key_of(
            {
                "proof_id": self.proof_id.id,
                "order_number": self.order_number,
                "cause": self.cause,
                "res_id": self.res_id,
            }
        )

    @api.model
    def _key_of(self, values):
        return tuple(
            values[name] for name in ("proof_id", "order_number", "cause", "res_id")
        )
