from odoo import fields, models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    bigcommerce_order_id = fields.Many2one(
        "bigcommerce.order",
        "BigCommerce Order",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    bigcommerce_backend_id = fields.Many2one(
        "bigcommerce.backend",
        "BigCommerce Store",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    bigcommerce_address_id = fields.Integer(
        "BigCommerce Address",
        readonly=True,
        copy=False,
        aggregator=None,
        help="The delivery address of the store's order that this sale order is for.",
    )
    bigcommerce_amount_total = fields.Monetary(
        "Charged in the Store", related="bigcommerce_order_id.amount_total"
    )
    bigcommerce_status_id = fields.Many2one(
        related="bigcommerce_order_id.status_mapping_id"
    )
    bigcommerce_payment_method = fields.Char(
        "Paid in the Store by", related="bigcommerce_order_id.payment_method"
    )
    bigcommerce_payment_status = fields.Char(
        related="bigcommerce_order_id.payment_status"
    )
    bigcommerce_customer_message = fields.Text(
        "Customer Message", related="bigcommerce_order_id.customer_message"
    )
    bigcommerce_staff_notes = fields.Text(
        "Staff Notes", related="bigcommerce_order_id.staff_notes"
    )
    bigcommerce_tender_ids = fields.One2many(
        related="bigcommerce_order_id.tender_ids", string="Tenders"
    )

    bigcommerce_shipment_ids = fields.One2many(
        related="bigcommerce_order_id.shipment_ids", string="Shipments"
    )

    _bigcommerce_uniq = models.UniqueIndex(
        "(bigcommerce_order_id, bigcommerce_address_id) "
        "WHERE bigcommerce_order_id IS NOT NULL",
        "This BigCommerce order has a sale order already.",
    )

    def action_confirm(self):
        """Keep the store's order date where core would put the present."""
        imported = self.filtered("bigcommerce_order_id")
        others = self - imported
        done = super(SaleOrder, others).action_confirm() if others else True
        if imported:
            done = super(SaleOrder, imported).action_confirm()
            imported.sudo().bigcommerce_order_id._note_event("confirmed")
        return done

    def _prepare_confirmation_values(self):
        values = super()._prepare_confirmation_values()
        if self and all(order.bigcommerce_order_id for order in self):
            values.pop("date_order", None)
        return values

    def _action_cancel(self):
        """Have quantities sent again: a cancelled quotation holds no units."""
        result = super()._action_cancel()
        imported = self.sudo().filtered("bigcommerce_order_id")
        self.env["bigcommerce.stock.change"]._note(imported.order_line.product_id.ids)
        imported.bigcommerce_order_id.filtered(
            lambda order: set(order.sale_order_ids.mapped("state")) == {"cancel"}
        )._note_event("cancelled")
        return result

    def action_open_bigcommerce_order(self):
        """Open this order in the store's control panel."""
        return self.bigcommerce_order_id.action_open_in_store()

    def _bigcommerce_note_cancelled(self):
        """Tell a person, once, that the store cancelled what is already on its way."""
        summary = self.env._("Cancelled in the store")
        if summary in self.activity_ids.mapped("summary"):
            return
        self.activity_schedule(
            "mail.mail_activity_data_todo",
            summary=summary,
            note=self.env._(
                "The store set this order to %(status)s after it was delivered or "
                "invoiced here. Nothing was undone.",
                status=self.bigcommerce_status_id.display_name,
            ),
            user_id=self.user_id.id or self.env.uid,
        )
