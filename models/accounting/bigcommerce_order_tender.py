from odoo import api, fields, models


class BigcommerceOrderTender(models.Model):
    """How an order was paid. Never a discount: the total stays what was charged."""

    _name = "bigcommerce.order.tender"
    _description = "BigCommerce Tender"
    _order = "order_id, id"

    order_id = fields.Many2one(
        "bigcommerce.order",
        required=True,
        index=True,
        ondelete="cascade",
        help="The order that was paid.",
    )
    company_id = fields.Many2one(related="order_id.company_id", store=True)
    currency_id = fields.Many2one(related="order_id.currency_id")
    kind = fields.Selection(
        [
            ("payment", "Payment"),
            ("gift_certificate", "Gift Certificate"),
            ("store_credit", "Store Credit"),
        ],
        required=True,
        help="With what it was paid.",
    )
    amount = fields.Monetary(
        required=True,
        help="How much of the order it paid.",
    )
    registered = fields.Monetary(
        readonly=True, help="What of it is registered as a payment of the invoices."
    )

    @api.model
    def _replace(self, order, document):
        """Note how an order was paid.

        :param order: the inbox row
        :param document: the order as a typed document; its total is what all the
            tenders come to (fact F38)
        """
        amounts = {
            "gift_certificate": document.gift_certificate_amount,
            "store_credit": document.store_credit_amount,
        }
        amounts["payment"] = document.total_inc_tax - sum(amounts.values())
        known = order.tender_ids.grouped("kind")
        for kind, tender in known.items():
            # what was registered before an edit of the order stays registered
            tender.amount = float(amounts[kind])
        order.tender_ids.filtered(
            lambda tender: not tender.amount and not tender.registered
        ).unlink()
        return self.create(
            [
                {"order_id": order.id, "kind": kind, "amount": float(amount)}
                for kind, amount in amounts.items()
                if amount and kind not in known
            ]
        )
