from odoo import api, fields, models

from ...const import (
    CANCELLED,
    DECLINED,
    INCOMPLETE,
    REFUNDED,
    STATUSES_KEEPING_STOCK,
)
from .availability import find_components

STATUSES_WITHOUT_STOCK = (INCOMPLETE, CANCELLED, DECLINED, REFUNDED)


class BigcommerceOrder(models.Model):
    """Which units an order has taken from the store's stock and not yet from Odoo's."""

    _inherit = "bigcommerce.order"

    sold_units = fields.Json(
        readonly=True,
        help="Units that the order takes from stock, by variant.",
    )
    holds_stock = fields.Boolean(
        compute="_compute_holds_stock",
        search="_search_holds_stock",
        help="The store has taken these units from its stock and Odoo has not yet.",
    )

    @api.depends("state", "status_id", "is_archived", "sale_order_ids.state")
    def _compute_holds_stock(self):
        holding = self.filtered_domain(self._holding_domain())
        for order in self:
            order.holds_stock = order in holding

    def _search_holds_stock(self, operator, value):
        if operator != "in":
            return NotImplemented
        domain = self._holding_domain()
        return domain if True in value else ~domain

    @api.model
    def _holding_domain(self):
        """Return the domain of orders whose units only the store has taken so far.

        Cancelled, declined, refunded and archived ones have given them back.
        """
        return fields.Domain("is_archived", "=", False) & (
            fields.Domain("state", "in", ("pending", "held", "failed"))
            & fields.Domain("status_id", "not in", STATUSES_WITHOUT_STOCK)
            | fields.Domain("state", "=", "ignored")
            & fields.Domain("status_id", "in", tuple(STATUSES_KEEPING_STOCK))
            | fields.Domain("state", "=", "imported")
            & fields.Domain("sale_order_ids.state", "in", ("draft", "sent"))
        )

    @api.model
    def _receive(self, backend, payloads, *args, **kwargs):
        """Override of `_receive` to send quantities that the store itself changed."""
        received = super()._receive(backend, payloads, *args, **kwargs)
        received._note_stock_change()
        return received

    def _prepare_document_values(self, backend, document):
        """Override of `_prepare_document_values` to add the units to be shipped."""
        values = super()._prepare_document_values(backend, document)
        return {**values, "sold_units": _units_sold(document)}

    def _update(self, values):
        """Override of `_update` to keep the units of a quotation that the store ships.

        They leave the warehouse, and nothing in Odoo holds them before it is confirmed.
        """
        result = super()._update(values)
        if values["state"] == "pending" and {"draft", "sent"} & set(
            self.sale_order_ids.mapped("state")
        ):
            self.sold_units = _units_sold(self._get_document(), with_shipped=True)
        return result

    def _note_stock_change(self):
        """Have the quantities of these orders' products sent again.

        The store changes them itself when it takes or gives back units. A kit takes
        its components from other listings, too.
        """
        sold = {(unit[0], unit[1]) for order in self for unit in order.sold_units or ()}
        if not sold:
            return
        variants = self.env["bigcommerce.variant"].search(
            [
                ("backend_id", "in", self.backend_id.ids),
                ("product_id", "!=", False),
                "|",
                ("remote_id", "in", [variant for _product, variant in sold if variant]),
                (
                    "bigcommerce_product_id.remote_id",
                    "in",
                    [product for product, _variant in sold],
                ),
            ]
        )
        products, changes = variants.product_id, self.env["bigcommerce.stock.change"]
        changes._note(products, force=True)
        changes._note(find_components(products))


def _units_sold(document, with_shipped=False):
    """Return [product id, variant id, units to ship] of the physical lines.

    What is collected has the location's id in the store after these.

    :param document: client.documents.Order
    :param bool with_shipped: count what the store has shipped, too
    """
    units = [
        [
            line.product_id,
            line.variant_id,
            line.quantity - (0 if with_shipped else line.quantity_shipped),
            *([part.location_id] if part.kind == "pickup" else []),
        ]
        for part in document.consignments
        for line in part.lines
        if line.type == "physical"
    ]
    return [unit for unit in units if unit[2] > 0]
