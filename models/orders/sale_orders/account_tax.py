from odoo import Command, models


class AccountTax(models.Model):
    """Lines whose tax the store has stated, to the cent."""

    _inherit = "account.tax"

    def _bigcommerce_prepare_amounts(self, currency, quantity, net, tax):
        """Return the price and tax of a sale order's or an invoice's line.

        :param currency: of the document
        :param int quantity: of the line; 0 for one that was removed
        :param Decimal net: the line's amount without tax
        :param Decimal tax: the line's tax; left out where there is no Odoo tax
        :return: dict of `price_unit`, `discount`, `tax_ids` and `extra_tax_data`
        """
        amount = net + tax if self and self.price_include else net
        price = float(amount / quantity) if quantity else 0.0
        return {
            "price_unit": price,
            "discount": 0.0,
            "tax_ids": [Command.set(self.ids)],
            "extra_tax_data": self._bigcommerce_stated(
                currency, price, quantity, float(net), float(tax)
            ),
        }

    def _bigcommerce_stated(self, currency, price_unit, quantity, net, tax):
        """Return the `extra_tax_data` of a line whose tax the store has stated.

        Odoo takes these amounts instead of its own for as long as price and
        quantity stay as they are (account/models/account_tax.py,
        `_import_base_line_extra_tax_data`). None where the tax is not a plain
        percentage: then Odoo's own amounts hold.

        :param float net: the line's amount without tax
        :param float tax: the line's tax
        """
        if self.amount_type != "percent" or not quantity:
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
