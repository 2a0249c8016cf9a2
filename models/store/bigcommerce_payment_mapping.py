from odoo import api, fields, models

# What orders are paid with beside the payment method, by the names mapped here.
TENDER_METHODS = {
    "gift_certificate": "Gift Certificate",
    "store_credit": "Store Credit",
}


class BigcommercePaymentMapping(models.Model):
    """How what was paid by a method is booked."""

    _name = "bigcommerce.payment.mapping"
    _inherit = ["bigcommerce.mapping"]
    _description = "BigCommerce Payment Method"
    _order = "backend_id, name"

    name = fields.Char("Payment Method", help="As orders carry it.")
    journal_id = fields.Many2one(
        "account.journal",
        domain=[("type", "in", ("bank", "cash", "credit"))],
        check_company=True,
        help="Where payments are registered. A certificate or credit without one "
        "stays open on the invoice.",
    )
    payment_method_line_id = fields.Many2one(
        "account.payment.method.line",
        domain="[('journal_id', '=', journal_id), ('payment_type', '=', 'inbound')]",
        help="The journal's payment method to register payments with.",
    )
    payment_term_id = fields.Many2one(
        "account.payment.term",
        check_company=True,
        help="The sale orders get this payment term.",
    )
    invoicing = fields.Selection(
        [
            ("none", "No invoice"),
            ("draft", "Draft invoice"),
            ("posted", "Posted invoice"),
            ("paid", "Posted and paid invoice"),
        ],
        default="none",
        required=True,
        help="Nothing, a draft invoice, a posted one, or a posted one with its "
        "payment.",
    )

    _name_uniq = models.UniqueIndex(
        "(backend_id, name)", "Each payment method is mapped once per store."
    )

    @api.model
    def _methods_of(self, document):
        """Return the names under which what an order was paid with is mapped.

        :param document: client.documents.Order
        :return: list of str; the payment method may be empty
        """
        amounts = {
            "gift_certificate": document.gift_certificate_amount,
            "store_credit": document.store_credit_amount,
        }
        tenders = [TENDER_METHODS[kind] for kind, amount in amounts.items() if amount]
        return [document.payment_method, *tenders]
