from odoo import fields, models

from ....rules.contents import BILLING, CHARGES, order_contents
from .choose_product import OrderProducts


class BigcommerceOrder(models.Model):
    """The sale orders follow what happens to the order in the store afterwards.

    Before delivery they do, where that is safe and the mapping of the status says so.
    After it nothing is undone: a person is asked to look, once.
    """

    _inherit = "bigcommerce.order"

    followed = fields.Json(
        readonly=True, help="What the sale orders were last made from, as digests."
    )

    def _carry_changes_over(self, reading):
        """Let the sale orders follow what the store changed.

        :param Reading reading: of this order
        :raise OrderHeldError: when they cannot; they are left as they were then
        """
        document, status = reading.document, self.status_mapping_id
        self._follow_contents(reading)
        self._warn_of_trouble(document)
        if status.import_action == "confirm":
            quotations = self._get_live_sale_orders().filtered(
                lambda sale: sale.state in ("draft", "sent")
            )
            quotations.action_confirm()
        self.write({"is_changed": False, "error": False, "attempts": 0})
        self._book(document)

    def _follow_cancellation(self):
        """Cancel what the store cancelled, whatever its lines and amounts say now."""
        self._cancel_sale_orders()
        self.write({"is_changed": False, "error": False, "attempts": 0})

    def _cancel_sale_orders(self):
        """Cancel what has not been delivered; a person looks at all the rest."""
        status = self.status_mapping_id.display_name
        for sale in self._get_live_sale_orders():
            if sale._bigcommerce_is_delivered() or sale.locked:
                sale._bigcommerce_message_person(
                    self.env._(
                        "The store set this order to %(status)s after it was delivered "
                        "or locked here. Nothing was undone.",
                        status=status,
                    )
                )
                continue
            invoices = sale._bigcommerce_posted_invoices()
            sale._action_cancel()
            # the store knows: it is where this comes from
            self.status_event = False
            if invoices:
                sale._bigcommerce_message_person(
                    self.env._(
                        "The store set this order to %(status)s. It is cancelled here; "
                        "%(invoices)s is posted and was left alone.",
                        status=status,
                        invoices=", ".join(invoices.mapped("name")),
                    )
                )

    def _follow_contents(self, reading):
        """Carry over what was edited in the store: lines, amounts, addresses."""
        contents, followed = order_contents(reading.document), self.followed or {}
        if contents == followed or not self._get_live_sale_orders():
            return
        if self._may_follow():
            self._rewrite_sale_orders(reading, contents, followed)
        else:
            self._message_person(
                self.env._(
                    "The store changed lines, amounts or an address of this order "
                    "after it was delivered, invoiced or locked here, or in a status "
                    "that is not imported. Nothing was changed here."
                )
            )
        self.followed = contents

    def _may_follow(self):
        """Tell whether the status is one to import and nothing has happened yet."""
        return self.status_mapping_id.import_action in (
            "quotation",
            "confirm",
        ) and not any(
            sale._bigcommerce_is_delivered()
            or sale._bigcommerce_posted_invoices()
            or sale.locked
            for sale in self._get_live_sale_orders()
        )

    def _rewrite_sale_orders(self, reading, contents, followed):
        """Make the sale orders what they would be if the order came in now.

        Only what the store changed is touched: an address that a person corrected
        here stays when the store edits the lines. What was cancelled here stays
        cancelled; its amounts follow, so that the whole comes to what was charged.
        """
        products = OrderProducts(self.backend_id, [reading.document])
        is_edited = contents[CHARGES] != followed.get(CHARGES)
        sales = self.sale_order_ids.grouped("bigcommerce_address_id")
        for values in self._prepare_sale_orders(reading, products):
            address_id = values["bigcommerce_address_id"]
            sale = sales.pop(address_id, None)
            if not sale:
                self.env["sale.order"].create(values)
                continue
            if is_edited:
                sale._bigcommerce_follow_lines(values["order_line"])
            if sale.state == "cancel":
                continue
            if contents[BILLING] != followed.get(BILLING):
                sale.partner_invoice_id = values["partner_invoice_id"]
            if contents.get(str(address_id)) != followed.get(str(address_id)):
                sale._bigcommerce_follow_address(values)
        for sale in sales.values():
            if sale.state != "cancel":
                sale._action_cancel()
        self._settle_total(reading)

    def _warn_of_trouble(self, document):
        """Let a person know what the sale orders cannot follow by themselves."""
        status = self.status_mapping_id
        if status.import_action == "confirm" and not self._get_live_sale_orders():
            self.sale_order_ids[:1]._bigcommerce_message_person(
                self.env._(
                    "The order is %(status)s in the store and cancelled here.",
                    status=status.display_name,
                )
            )
        if self.is_archived:
            self._message_person(self.env._("The store archived this order."))
        if status.import_action == "hold":
            self._message_person(
                self.env._(
                    "The store set this order to %(status)s, which needs a person.",
                    status=status.display_name,
                )
            )
        self._warn_of_units_refunded(document)

    def _warn_of_units_refunded(self, document):
        """Let a person know of units that were paid back before they were delivered."""
        refunded = {line.id: line.quantity_refunded for line in document.lines}
        for sale in self._get_live_sale_orders():
            waiting = sale.order_line.filtered(
                lambda line: (
                    refunded.get(line.bigcommerce_line_id)
                    and line.qty_delivered < line.product_uom_qty
                )
            )
            if waiting:
                sale._bigcommerce_message_person(
                    self.env._(
                        "The store refunded units that are not delivered yet: "
                        "%(products)s. Reduce the quantity if they are not to be sent.",
                        products=", ".join(waiting.product_id.mapped("display_name")),
                    )
                )
