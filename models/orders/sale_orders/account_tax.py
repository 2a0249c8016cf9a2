from odoo import Command, api, models


class AccountTax(models.Model):
    """Lines whose tax the store has stated, to the cent."""

    _inherit = "account.tax"

    @api.model
    def _bigcommerce_prepare_amounts(self, currency, quantity, net, taxes):
        """Return the price and taxes of a sale order's or an invoice's line.

        :param currency: of the document
        :param int quantity: of the line; 0 for one that was removed
        :param Decimal net: the line's amount without tax
        :param dict taxes: {account.tax: Decimal, the line's amount of it}
        :return: dict of `price_unit`, `discount`, `tax_ids` and `extra_tax_data`
        """
        included = sum(tax for odoo, tax in taxes.items() if odoo.price_include)
        price = float((net + included) / quantity) if quantity else 0.0
        return {
            "price_unit": price,
            "discount": 0.0,
            "tax_ids": [Command.set([tax.id for tax in taxes])],
            "extra_tax_data": self._bigcommerce_stated(
                currency, price, quantity, float(net), taxes
            ),
        }

    @api.model
    def _bigcommerce_stated(self, currency, price_unit, quantity, net, taxes):
        """Return the `extra_tax_data` of a line whose taxes the store has stated.

        Odoo takes these amounts instead of its own for as long as price and
        quantity stay as they are (account/models/account_tax.py,
        `_import_base_line_extra_tax_data`). None where a tax is not a plain
        percentage: then Odoo's own amounts hold.

        :param float net: the line's amount without tax
        :param dict taxes: {account.tax: Decimal}
        """
        if not quantity or {tax.amount_type for tax in taxes} != {"percent"}:
            return None
        return {
            "currency_id": currency.id,
            "price_unit": price_unit,
            "discount": 0.0,
            "quantity": float(quantity),
            "manual_total_excluded_currency": net,
            "manual_tax_amounts": {
                str(tax.id): {
                    "base_amount_currency": net,
                    "tax_amount_currency": float(amount),
                }
                for tax, amount in taxes.items()
            },
        }
