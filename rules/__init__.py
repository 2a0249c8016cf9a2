"""Pure decisions: values go in, values come out. Knows nothing of Odoo or HTTP."""
