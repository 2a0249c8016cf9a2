from odoo import models


class AccountTax(models.Model):
    _inherit = "account.tax"

    def _bigcommerce_stated(self, currency, price_unit, quantity, net, tax):
        """Return the `extra_tax_data` of a line whose tax the store has stated.

        Odoo takes these amounts instead of its own for as long as price and
        quantity stay as they are (account/models/account_tax.py,
        `_import_base_line_extra_tax_data`). None where the tax is not a plain
        percentage: then Odoo's own amounts hold.

        :param float net: the line's amount without tax
        :param float tax: the line's tax
        """
        if self.amount_type != "percent":
            return None
        return {
            "currency_id": currency.id,
            "price_unit": price_unit,
            "discount": 0.0,
            "quantity": float(quantity),
            "manual_total_excluded_currency": net,
            "manual_tax_amounts": {
                str(self.id): {
                    "base_amount_currency": net,
                    "tax_amount_currency": tax,
                }
            },
        }
