from odoo import fields, models

from ...const import COMPLETED, PARTIALLY_SHIPPED, SHIPPED
from .tracking_values import units_of

# The goods of these have left, or some of them.
STATUSES_ON_THE_WAY = (PARTIALLY_SHIPPED, SHIPPED, COMPLETED)


class BigcommerceOrder(models.Model):
    """What the store has shipped of an order, and who did."""

    _inherit = "bigcommerce.order"

    units_shipped = fields.Integer(readonly=True, help="As the store counts them.")
    shipment_ids = fields.One2many(
        "bigcommerce.shipment",
        "order_id",
        help="The parcels that the store was told of, or will be.",
    )

    def _prepare_document_values(self, backend, document):
        """Override of `_prepare_document_values` to add what was shipped so far."""
        values = super()._prepare_document_values(backend, document)
        return {**values, "units_shipped": document.items_shipped}

    def _get_units_before(self):
        """Return {order_product_id: units} that were shipped before the order came."""
        lines = self.sale_order_ids.order_line.filtered("bigcommerce_shipped_before")
        return {
            line.bigcommerce_line_id: int(line.bigcommerce_shipped_before)
            for line in lines
        }

    def _get_units_told(self):
        """Return {order_product_id: units} that the store was told of."""
        sent = self.shipment_ids.filtered("remote_id")
        return units_of([item for shipment in sent for item in shipment.items])

    def _is_shipped_elsewhere(self):
        """Tell whether more was shipped in the store than was sent from here."""
        known = [*self._get_units_told().values(), *self._get_units_before().values()]
        return self.units_shipped > sum(known)

    def _filter_shipped_since(self, remotes):
        """Return those of the store's shipments that were made after the order came.

        What was shipped before is known by its units: these are the store's first
        shipments, as long as they hold no more than that.

        :param list remotes: dicts of GET /v2/orders/{id}/shipments
        """
        before, ours = (
            self._get_units_before(),
            set(self.shipment_ids.mapped("remote_id")),
        )
        since = []
        for remote in sorted(remotes, key=lambda remote: remote["id"]):
            units = units_of(remote.get("items"))
            if remote["id"] in ours or any(
                before.get(line_id, 0) < quantity for line_id, quantity in units.items()
            ):
                since.append(remote)
                continue
            for line_id, quantity in units.items():
                before[line_id] -= quantity
        return since

    def _prepare_line(self, charge, delivery, products):
        """Override of `_prepare_line` to have only the rest delivered.

        What the store ships of an order that is here already is not meant.
        """
        values = super()._prepare_line(charge, delivery, products)
        if charge.kind == "product" and not self.sale_order_ids:
            shipped = min(charge.line.quantity_shipped, charge.quantity)
            if shipped:
                values["bigcommerce_shipped_before"] = shipped
                values["qty_delivered"] = shipped
        return values

    def _make_sale_orders(self, readings):
        """Override of `_make_sale_orders` to say what had left before."""
        result = super()._make_sale_orders(readings)
        for sale in self.sale_order_ids:
            sale._bigcommerce_tell_of_goods_shipped_before()
        return result

    def _carry_changes_over(self, reading):
        """Override of `_carry_changes_over` to confirm what the store ships.

        Otherwise nothing here would hold its units.
        """
        self._confirm_what_is_shipped(reading.document)
        return super()._carry_changes_over(reading)

    def _confirm_what_is_shipped(self, document):
        """Confirm the quotations of an order that is on its way, and tell a person.

        :param document: client.documents.Order
        """
        is_shipped = document.items_shipped or document.status_id in STATUSES_ON_THE_WAY
        quotations = self.sale_order_ids.filtered(
            lambda sale: sale.state in ("draft", "sent")
        )
        if not is_shipped or self.status_mapping_id.update_action == "cancel":
            return
        quotations.action_confirm()
        quotations._bigcommerce_message_person(
            self.env._(
                "The store ships this order, so the quotation was confirmed. Validate "
                "the delivery of what has left."
            )
        )

    def _get_despatch_event(self):
        """Tell whether this order is delivered wholly, as far as the store knows."""
        told = self._get_units_told()
        unsent = self.shipment_ids.filtered(lambda shipment: not shipment.remote_id)
        sales = self._get_live_sale_orders()
        waiting = sales.order_line.filtered("bigcommerce_line_id").filtered(
            lambda line: line._bigcommerce_is_waiting(
                told.get(line.bigcommerce_line_id, 0)
            )
        )
        return "partially_shipped" if waiting or unsent else "shipped"
