from odoo import fields, models
from odoo.tools import html2plaintext, plaintext2html

INTERNAL = "base.group_user"


class SaleOrder(models.Model):
    """A sale order of a store: where it comes from, and how it follows."""

    _name = "sale.order"
    _inherit = ["sale.order", "bigcommerce.locked.mixin"]

    bigcommerce_order_id = fields.Many2one(
        "bigcommerce.order",
        "BigCommerce Order",
        check_company=True,
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        help="The store's order that this sale order is of.",
    )
    bigcommerce_backend_id = fields.Many2one(
        "bigcommerce.backend",
        "BigCommerce Store",
        check_company=True,
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        help="The store that it came from.",
    )
    bigcommerce_address_id = fields.Integer(
        "BigCommerce Address",
        readonly=True,
        copy=False,
        aggregator=None,
        help="The delivery address of the store's order that this sale order is for.",
    )
    # A customer may read the own order, and not what the merchant knows of it.
    bigcommerce_store_name = fields.Char(
        "Store",
        related="bigcommerce_backend_id.name",
        groups=INTERNAL,
        help="The store that it came from.",
    )
    bigcommerce_amount_total = fields.Monetary(
        "Charged in the Store",
        related="bigcommerce_order_id.amount_total",
        groups=INTERNAL,
    )
    bigcommerce_status_id = fields.Many2one(
        related="bigcommerce_order_id.status_mapping_id", groups=INTERNAL
    )
    bigcommerce_payment_method = fields.Char(
        "Paid in the Store by",
        related="bigcommerce_order_id.payment_method",
        groups=INTERNAL,
    )
    bigcommerce_payment_status = fields.Char(
        related="bigcommerce_order_id.payment_status", groups=INTERNAL
    )
    bigcommerce_customer_message = fields.Text(
        "Customer Message",
        related="bigcommerce_order_id.customer_message",
        groups=INTERNAL,
    )
    bigcommerce_staff_notes = fields.Text(
        "Staff Notes", related="bigcommerce_order_id.staff_notes", groups=INTERNAL
    )

    _bigcommerce_uniq = models.UniqueIndex(
        "(bigcommerce_order_id, bigcommerce_address_id) "
        "WHERE bigcommerce_order_id IS NOT NULL",
        "This BigCommerce order has a sale order already.",
    )

    def action_confirm(self):
        """Override of `action_confirm` to deliver what the store delivers itself."""
        imported = self.filtered("bigcommerce_order_id")
        others = self - imported
        done = super(SaleOrder, others).action_confirm() if others else True
        if imported:
            done = super(SaleOrder, imported).action_confirm()
            for line in imported.order_line.filtered("is_bigcommerce_digital"):
                line.qty_delivered = line.product_uom_qty
            imported._as_system().bigcommerce_order_id._note_event("confirmed")
        return done

    def _prepare_confirmation_values(self):
        """Override of `_prepare_confirmation_values` to keep the store's order date."""
        values = super()._prepare_confirmation_values()
        if self and all(order.bigcommerce_order_id for order in self):
            values.pop("date_order", None)
        return values

    def _action_cancel(self):
        """Override of `_action_cancel` to set the status in the store, where mapped."""
        result = super()._action_cancel()
        self._as_system().bigcommerce_order_id.filtered(
            lambda order: set(order.sale_order_ids.mapped("state")) == {"cancel"}
        )._note_event("cancelled")
        return result

    def action_open_bigcommerce_order(self):
        """Open this order in the store's control panel."""
        return self.bigcommerce_order_id.action_open_in_store()

    def action_show_bigcommerce_order(self):
        """Show the store's order beside what became of it."""
        self.bigcommerce_order_id.check_access("read")
        return self.bigcommerce_order_id._get_records_action()

    def _bigcommerce_is_delivered(self):
        """Tell whether any of it has left the warehouse."""
        sent = self.order_line.filtered(lambda line: not line.is_bigcommerce_digital)
        return any(sent.mapped("qty_delivered"))

    def _bigcommerce_posted_invoices(self):
        return self.invoice_ids.filtered(
            lambda move: move.move_type == "out_invoice" and move.state == "posted"
        )

    def _bigcommerce_follow_lines(self, commands):
        """Make the imported lines what the store has now; a person's lines stay.

        :param list commands: create commands of the lines as they would come in now
        """
        ours = self.order_line.filtered("is_bigcommerce_price")
        left = ours.grouped(lambda line: line._bigcommerce_key())
        for _command, _id, values in commands:
            key = ours._bigcommerce_key_of(values)
            line = left.get(key, ours.browse())[:1]
            if line:
                line.write(values)
                left[key] -= line
            else:
                ours.create({**values, "order_id": self.id})
        gone = ours.browse().concat(*left.values())
        kept = gone._check_line_unlink()
        kept.product_uom_qty = 0
        (gone - kept).unlink()
        # a draft is made again of what is ordered now
        self.invoice_ids.filtered(
            lambda move: move.move_type == "out_invoice" and move.state == "draft"
        ).button_cancel()
        self.message_post(
            body=self.env._("Lines and amounts were changed as in the store.")
        )

    def _bigcommerce_follow_address(self, values):
        """Send what is still here to where the store says now, and the way it says.

        :param dict values: of this sale order as it would come in now
        """
        changes = {
            name: values[name]
            for name in ("partner_shipping_id", "carrier_id")
            if name in values
        }
        self.with_context(update_delivery_shipping_partner=True).write(changes)
        waiting = self.picking_ids.filtered(
            lambda picking: picking.state not in ("done", "cancel")
        )
        if "carrier_id" in changes:
            waiting.carrier_id = changes["carrier_id"]

    def _bigcommerce_message_person(self, message):
        """Have a person look at what the store did.

        Each sale order has one activity for that, however much happens: further news
        is added to it.
        """
        kind = "connector_bigcommerce.activity_changed_in_store"
        for sale in self:
            activity = sale.activity_search([kind])[:1]
            if not activity:
                store = sale.bigcommerce_backend_id
                responsible = sale.user_id or store.user_id or store.create_uid
                sale.activity_schedule(
                    kind, note=plaintext2html(message), user_id=responsible.id
                )
            elif message not in html2plaintext(activity.note):
                activity.note += plaintext2html(message)
