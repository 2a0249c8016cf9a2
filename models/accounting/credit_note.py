from decimal import Decimal

from odoo import Command, models

from ...rules.refunds import Sold, refund_parts

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
    """What stands on the credit note of a refund."""

    _inherit = "bigcommerce.refund"

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
