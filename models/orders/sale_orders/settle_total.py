from odoo import Command, fields, models

from ....rules.charges import compared_parts, settle_tax, tax_gap
from ....rules.contents import charges_digest
from ..errors import DifferenceError


class BigcommerceOrder(models.Model):
    """The sale orders come to what the store charged, to the cent."""

    _inherit = "bigcommerce.order"

    difference_accepted_by_id = fields.Many2one(
        "res.users",
        readonly=True,
        help="Who accepted that the total differs.",
    )
    difference_accepted_for = fields.Char(
        readonly=True, help="What was ordered and charged when it was accepted."
    )

    def action_accept_difference(self):
        """Import orders that do not come to what was charged all the same.

        The difference goes on a labelled line. It is a person's decision, and lasts
        while the store changes nothing of what was ordered and charged.
        """
        self._check_user()
        orders = self.filtered("amount_difference")
        for order in orders._as_system():
            order.difference_accepted_by_id = self.env.user
            order.difference_accepted_for = charges_digest(order._get_document())
        return orders.action_retry()

    def _is_difference_accepted(self, document):
        """Tell whether a person accepted the difference of just this order.

        :param document: client.documents.Order
        """
        accepted = self.difference_accepted_for
        return bool(accepted) and accepted == charges_digest(document)

    def _settle_tax(self, reading):
        """Compare the tax of the parts with the order's, and settle the cents.

        :param Reading reading: of this order; cents of tax are moved in its charges
        :raise DifferenceError: when the difference is more than rounding explains,
            and nobody has accepted it
        """
        document, consignments = reading
        gap = tax_gap(document, consignments)
        if not gap:
            return
        charges = sum(len(part.charges) for part in consignments)
        unit = self._get_order_currency(document).rounding
        if abs(gap) <= self.backend_id.rounding_tolerance + charges * unit:
            settle_tax(consignments, gap)
        elif not self._is_difference_accepted(document):
            raise DifferenceError(self._explain_difference(reading), gap)

    def _settle_total(self, reading):
        """Compare the sale orders with what was charged, and settle the cents.

        :param Reading reading: of this order
        :raise DifferenceError: when the difference is beyond the store's tolerance
            and nobody has accepted it
        """
        addresses = {
            part.consignment.id if part.consignment else 0
            for part in reading.consignments
        }
        # one that was cancelled here was charged all the same
        sales = self.sale_order_ids.filtered(
            lambda sale: sale.bigcommerce_address_id in addresses
        ).sorted(lambda sale: sale.state == "cancel")
        currency = sales.currency_id
        charged = float(reading.document.total_inc_tax)
        difference = currency.round(charged - sum(sales.mapped("amount_total")))
        if currency.is_zero(difference):
            return
        tolerance, name = self.backend_id.rounding_tolerance, self.env._("Rounding")
        if tolerance:
            # of a currency without decimals, the smallest amount there is
            tolerance = max(tolerance, currency.rounding)
        if currency.compare_amounts(abs(difference), tolerance) > 0:
            if not self._is_difference_accepted(reading.document):
                raise DifferenceError(self._explain_difference(reading), difference)
            name = self.env._("Difference to the store's total")
            sales[0].message_post(
                body=self.env._(
                    "%(user)s accepted a difference of %(amount)s.",
                    user=self.difference_accepted_by_id.name,
                    amount=currency.format(difference),
                )
            )
        line = self._prepare_service_line("rounding", name, difference)
        sales[0].write({"order_line": [Command.create(line)]})

    def _explain_difference(self, reading):
        """Return the order's parts side by side, for a person to read.

        As the store states them, and as the order's own lines come to.
        """
        labels = {
            "product": self.env._("Products"),
            "discount": self.env._("Discounts"),
            "shipping": self.env._("Shipping"),
            "handling": self.env._("Handling"),
            "wrapping": self.env._("Gift wrapping"),
            "fee": self.env._("Fees"),
            "total": self.env._("Total"),
            "tax": self.env._("Tax in it"),
        }
        rows = [
            self.env._(
                "%(part)s: %(stated)s in the store, %(found)s by its lines",
                part=labels[kind],
                stated=f"{stated:f}",
                found=f"{found:f}",
            )
            for kind, stated, found in compared_parts(*reading)
        ]
        title = self.env._(
            "The parts of this order do not come to what the store charged. Correct "
            "it in the store, or accept the difference."
        )
        return "\n".join([title, *rows])
