"""What Odoo has of a store's orders: sale orders, deliveries, invoices, credit notes.

Reads records and writes none.
"""

from decimal import Decimal

from ...rules.amounts import rounded
from ...rules.proof import InOdoo
from ..shipments.parcels import units_gone_out


class OrdersInOdoo:
    """Reads orders together: it takes as many queries for many as for one."""

    def __init__(self, orders):
        """
        :param orders: inbox rows
        """
        self._collected_tax = orders.env.ref("connector_bigcommerce.product_tax")
        _fetch(orders)

    def describe(self, order):
        """Return what Odoo has of an order, as rules.proof.InOdoo.

        Of an order whose sale orders are all cancelled, what they were.

        :param order: inbox row, or none for an order that never came in
        """
        sales = order.sale_order_ids
        live = sales.filtered(lambda sale: sale.state != "cancel")
        shown = live or sales
        currency = shown.currency_id[:1] or order.currency_id
        goods = shown.order_line.filtered("bigcommerce_line_id")
        return InOdoo(
            state=order.state or "",
            sold=bool(live),
            cancelled=bool(sales) and not live,
            currency=", ".join(shown.currency_id.mapped("name")),
            total=money(sum(shown.mapped("amount_total")), currency),
            tax=money(self._tax(shown), currency),
            shipped=sum(_units_shipped(line) for line in goods),
            invoiced=money(_sum_for(sales, posted_invoices(order)), currency),
            credited=money(_sum_for(sales, credit_notes(order)), currency),
            has_refunds=bool(order.refund_ids),
            waiting=bool(live) and any(g._bigcommerce_is_waiting(0) for g in goods),
            record=order,
        )

    def _tax(self, sales):
        """Return the tax of sale orders; what is a line of its own is tax, too."""
        lines = sales.order_line.filtered(
            lambda line: line.product_id == self._collected_tax
        )
        return sum(sales.mapped("amount_tax")) + sum(lines.mapped("price_subtotal"))


def money(amount, currency):
    """Return an amount as Decimal, with the decimals of its currency."""
    return rounded(Decimal(str(amount)), currency.decimal_places if currency else 2)


def posted_invoices(order):
    """Return the posted invoices of an order, those of cancelled sale orders, too."""
    return order.sale_order_ids._bigcommerce_posted_invoices()


def credit_notes(order):
    """Return the credit notes of an order, whoever made them; drafts are among them."""
    invoices = order.sale_order_ids.invoice_ids
    notes = invoices | invoices.reversal_move_ids | order.refund_ids.move_id
    return notes.filtered(
        lambda move: move.move_type == "out_refund" and move.state != "cancel"
    )


def _units_shipped(line):
    """Return the units that left from here, or in the store before the order came."""
    return units_gone_out(line) + int(line.bigcommerce_shipped_before)


def _sum_for(sales, moves):
    """Return what moves come to, without what is on them of other sale orders."""
    others = moves.invoice_line_ids.filtered(
        lambda line: line.sale_line_ids and not line.sale_line_ids.order_id & sales
    )
    return sum(moves.mapped("amount_total")) - sum(others.mapped("price_total"))


def _fetch(orders):
    """Bring into the cache what is read order by order."""
    sales = orders.sale_order_ids
    lines = sales.order_line
    lines.product_id.mapped("type")
    lines.move_ids.mapped("origin_returned_move_id")
    (lines.move_ids.location_id | lines.move_ids.location_dest_id).mapped("usage")
    invoices = lines.invoice_lines.move_id
    moves = invoices | invoices.reversal_move_ids | orders.refund_ids.move_id
    moves.invoice_line_ids.sale_line_ids.mapped("order_id")
    sales.mapped("invoice_ids")
