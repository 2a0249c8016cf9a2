"""Tax rates that older versions computed from rounded amounts are merged.

They learned 8.251 and 8.254 where a store charges 8.25. A row without an Odoo tax
says nothing that a person chose: if it is a real rate, it comes back with the next
order that bears it. Of rows with a tax, the one next to a plainer rate of the same
store goes; its Odoo tax and the documents with it stay.

Payments were not remembered on the tenders: where an invoice of the order was paid,
its money is.
"""

UNMAPPED = "DELETE FROM bigcommerce_tax_mapping WHERE tax_id IS NULL"
# Rates that somebody set are further apart than this.
NEIGHBOURS = """
    DELETE FROM bigcommerce_tax_mapping learned
     USING bigcommerce_tax_mapping plain
     WHERE plain.backend_id = learned.backend_id
       AND plain.id != learned.id
       AND abs(plain.rate - learned.rate) < 0.02
       AND scale(trim_scale(plain.rate::numeric))
         < scale(trim_scale(learned.rate::numeric))
"""

PAID_TENDERS = """
    UPDATE bigcommerce_order_tender tender
       SET registered = tender.amount
     WHERE tender.kind = 'payment'
       AND EXISTS (
           SELECT FROM sale_order
             JOIN sale_order_line line ON line.order_id = sale_order.id
             JOIN sale_order_line_invoice_rel rel ON rel.order_line_id = line.id
             JOIN account_move_line item ON item.id = rel.invoice_line_id
             JOIN account_move move ON move.id = item.move_id
            WHERE sale_order.bigcommerce_order_id = tender.order_id
              AND move.payment_state IN ('paid', 'in_payment', 'partial')
       )
"""


def migrate(cr, version):
    cr.execute(UNMAPPED)
    cr.execute(NEIGHBOURS)
    cr.execute(PAID_TENDERS)
