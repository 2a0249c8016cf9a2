"""Tax rates that older versions computed from rounded amounts are merged.

They learned 8.251 and 8.254 where a store charges 8.25. A row without an Odoo tax
says nothing that a person chose: if it is a real rate, it comes back with the next
order that bears it. Of rows with a tax, the one next to a plainer rate of the same
store goes; its Odoo tax and the documents with it stay.
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


def migrate(cr, version):
    cr.execute(UNMAPPED)
    cr.execute(NEIGHBOURS)
