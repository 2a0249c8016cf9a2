"""What a finished delivery holds, in the words of the store it was sold in.

Reads records and writes none.
"""

import math
from collections import defaultdict
from typing import NamedTuple

from odoo import fields

# Quantities are floats with a few decimals; this is less than any of them.
SLACK = 1e-6


class Destination(NamedTuple):
    """Where goods go: a delivery address, or a way to collect them; the other is 0."""

    address_id: int
    pickup_method_id: int


class Parcels:
    """Describes deliveries parcel by parcel, and each unit of an order once."""

    def __init__(self, pickings):
        """
        :param pickings: finished deliveries of one store
        """
        orders = pickings.move_ids.sale_line_id.order_id.bigcommerce_order_id
        orders.fetch(["payload"])
        self._lines = {}
        self._counted = defaultdict(int)
        sent = orders.env["bigcommerce.shipment"].search(
            [("order_id", "in", orders.ids)]
        )
        for shipment in sent:
            self._count(shipment.order_id, shipment.items)

    def shipments(self, picking):
        """Return the values of a delivery's shipments: one for each parcel.

        :return: list of dicts for `bigcommerce.shipment.create`; empty when the store
            has no shipment for it
        """
        values = []
        for (order, destination, package), contents in self._contents(picking).items():
            items = self._items(picking, contents)
            if items:
                self._count(order, items)
                values.append(
                    {
                        "picking_id": picking.id,
                        "package_id": package.id,
                        "order_id": order.id,
                        "order_address_id": destination.address_id,
                        "pickup_method_id": destination.pickup_method_id,
                        "items": items,
                    }
                )
        return values

    def _line(self, sale_line):
        """Return the store's line as a document, or None when it is not kept."""
        order = sale_line.order_id.bigcommerce_order_id
        if order not in self._lines:
            lines = order._get_document().lines if order.payload else ()
            self._lines[order] = {line.id: line for line in lines}
        return self._lines[order].get(sale_line.bigcommerce_line_id)

    def _count(self, order, items):
        for item in items:
            self._counted[order, item["order_product_id"]] += item["quantity"]

    def _contents(self, picking):
        """Return what a delivery brought to the customer; unpacked goods come last.

        :return: dict of (inbox order, Destination, package) -> dict of sale order line
            -> quantity in the line's unit
        """
        contents = defaultdict(lambda: defaultdict(float))
        delivered = picking.move_line_ids.filtered(
            lambda line: line.state == "done" and _goes_out(line.move_id)
        )
        for line in delivered.sorted(
            lambda line: (
                not line.result_package_id,
                line.result_package_id.id,
                line.id,
            )
        ):
            sale_line = line.move_id.sale_line_id
            if destination := self._get_destination(sale_line):
                order = sale_line.order_id.bigcommerce_order_id
                key = (order, destination, line.result_package_id)
                contents[key][sale_line] += _in_unit_of(
                    sale_line, line.quantity, line.product_uom_id
                )
        return contents

    def _get_destination(self, sale_line):
        """Return where the store has a line go, or None when it is not sent.

        Digital lines and gift certificates are no shipments (fact F50), nor is what
        was added in Odoo; what the shopper collects is a pickup.
        """
        sale = sale_line.order_id
        if not sale_line.bigcommerce_line_id:
            return None
        if not sale.bigcommerce_order_id.payload:
            return Destination(sale.bigcommerce_address_id, 0)
        line = self._line(sale_line)
        if not line or line.type != "physical":
            return None
        if line.order_pickup_method_id:
            return self._pickup(sale, line)
        return Destination(line.order_address_id, 0) if line.order_address_id else None

    def _pickup(self, sale, line):
        """Return the destination of a line that is collected."""
        document = sale.bigcommerce_order_id._get_document()
        methods = {part.id: part.pickup_method_id for part in document.consignments}
        method_id = methods.get(line.order_pickup_method_id)
        return Destination(0, method_id) if method_id else None

    def _items(self, picking, contents):
        """Return the items of a parcel in the store's words."""
        items = []
        for sale_line, quantity in contents.items():
            units = self._units(picking, sale_line, quantity)
            if units > 0:
                items.append(
                    {
                        "order_product_id": sale_line.bigcommerce_line_id,
                        "quantity": units,
                    }
                )
        return items

    def _units(self, picking, sale_line, quantity):
        """Return how many whole units of a line a parcel is said to hold.

        Parts of a unit are sent with the parcel that completes it, kits with the
        delivery that completes them; never more than was sold, and not what the store
        had shipped before the order came in.
        """
        order = sale_line.order_id.bigcommerce_order_id
        line = self._line(sale_line)
        sold = line.quantity if line else math.floor(sale_line.product_uom_qty)
        sold -= math.floor(sale_line.bigcommerce_shipped_before)
        sent = self._counted[order, sale_line.bigcommerce_line_id]
        if _is_kit(sale_line):
            return min(_complete_kits(picking, sale_line), sold) - sent
        delivered = math.floor(_delivered(sale_line) + SLACK)
        return min(math.ceil(quantity - SLACK), min(delivered, sold) - sent)


def units_gone_out(sale_line):
    """Return the whole units of a line that have gone to the customer, returned or not.

    :param sale_line: of an order of a store
    """
    if not sale_line.move_ids:
        return 0
    if _is_kit(sale_line):
        return _kits(sale_line)
    return math.floor(_delivered(sale_line) + SLACK)


def _goes_out(move):
    """Tell whether a move brings goods to the customer for the first time.

    What came back and is sent again is in the store already.
    """
    return move.location_dest_usage == "customer" and not move.origin_returned_move_id


def _is_kit(sale_line):
    return sale_line.product_id not in sale_line.move_ids.product_id


def _in_unit_of(sale_line, quantity, unit):
    """Return a quantity in the unit of a sale order line; a kit has none of its own."""
    if _is_kit(sale_line):
        return 0.0
    return unit._compute_quantity(quantity, sale_line.product_uom_id, round=False)


def _delivered(sale_line):
    """Return what has gone to the customer, returned or not, in the line's unit."""
    moves = sale_line.move_ids.filtered(
        lambda move: move.state == "done" and _goes_out(move)
    )
    return sum(
        _in_unit_of(sale_line, move.quantity, move.product_uom) for move in moves
    )


def _complete_kits(picking, sale_line):
    """Return the complete kits so far when this is the line's last delivery, or 0."""
    deliveries = sale_line.move_ids.picking_id.filtered(
        lambda delivery: (
            delivery.state == "done" and delivery.location_dest_id.usage == "customer"
        )
    )
    now = fields.Datetime.now()
    last = deliveries.sorted(lambda delivery: (delivery.date_done or now, delivery.id))[
        -1:
    ]
    return _kits(sale_line) if last == picking else 0


def _kits(sale_line):
    """Return the complete kits of a line that have gone to the customer."""
    # as sale_mrp counts what was delivered, but for what came back
    product, company = sale_line.product_id, sale_line.company_id
    boms = product.env["mrp.bom"]
    bom = boms._bom_find(product, company_id=company.id, bom_type="phantom")[product]
    filters = {
        "incoming_moves": lambda move: move.state == "done" and _goes_out(move),
        "outgoing_moves": lambda move: False,
    }
    ordered = sale_line.product_uom_id._compute_quantity(
        sale_line.product_uom_qty, product.uom_id
    )
    kits = sale_line.move_ids._compute_kit_quantities(product, ordered, bom, filters)
    return math.floor(kits + SLACK)
