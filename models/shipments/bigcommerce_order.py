from odoo import fields, models
from odoo.exceptions import UserError

from .tracking_values import marker, tracking_values


class BigcommerceOrder(models.Model):
    """What the store has shipped of an order, and who did."""

    _inherit = "bigcommerce.order"

    units_shipped = fields.Integer(readonly=True, help="As the store counts them.")
    shipment_ids = fields.One2many("bigcommerce.shipment", "order_id")

    def _prepare_document_values(self, backend, document):
        """Override of `_prepare_document_values` to add what was shipped so far."""
        values = super()._prepare_document_values(backend, document)
        return {**values, "units_shipped": document.items_shipped}

    def _is_shipped_elsewhere(self):
        """Tell whether more was shipped in the store than was sent from here."""
        sent = self.shipment_ids.filtered("remote_id")
        return self.units_shipped > sum(sent.mapped("unit_count"))

    def _validate_delivery_of(self, remote):
        """Validate the waiting delivery that a shipment of the store is of, if any.

        :param dict remote: one of GET /v2/orders/{id}/shipments
        :raise UserError: when the delivery cannot be validated just so
        """
        ours = self.shipment_ids
        comment = (remote.get("comments") or "").split("\n")[0].strip()
        if remote["id"] in ours.mapped("remote_id") or comment in map(marker, ours):
            return
        units = {
            int(item["order_product_id"]): int(item["quantity"])
            for item in remote["items"]
        }
        picking = self._find_delivery_holding(units, remote["order_address_id"])
        if not picking:
            return
        self._validate_units(picking, units, remote.get("tracking_number"))
        self._note_made_in_store(picking, units, remote)

    def _validate_units(self, picking, units, tracking_number):
        """Validate a delivery with just these units of its lines.

        :param dict units: order_product_id -> quantity
        :raise UserError: when Odoo needs a person to do so
        """
        for move in picking.move_ids:
            line = move.sale_line_id
            move.quantity = line.product_uom_id._compute_quantity(
                units.get(line.bigcommerce_line_id, 0), move.product_uom
            )
            move.picked = bool(move.quantity)
        if tracking_number and not picking.carrier_tracking_ref:
            picking.carrier_tracking_ref = tracking_number
        picking.with_context(skip_backorder=True, skip_sms=True).button_validate()
        if picking.state != "done":
            raise UserError(
                self.env._(
                    "%(delivery)s was shipped in the store and needs a person to be "
                    "validated here.",
                    delivery=picking.name,
                )
            )

    def _note_made_in_store(self, picking, units, remote):
        """Put a shipment that was made in the store into the outbox, as exported."""
        shipment = self.env["bigcommerce.shipment"].create(
            {
                "picking_id": picking.id,
                "order_id": self.id,
                "order_address_id": remote["order_address_id"],
                "items": [
                    {"order_product_id": line_id, "quantity": quantity}
                    for line_id, quantity in units.items()
                ],
                "remote_id": remote["id"],
            }
        )
        shipment._assign_tracking()
        # it stays as it was made there
        shipment._set_state(
            "exported",
            sent=tracking_values(shipment),
            exported_at=fields.Datetime.now(),
        )

    def _find_delivery_holding(self, units, address_id):
        """Return a waiting delivery with all of these units, or none.

        :param dict units: order_product_id -> quantity
        """
        sales = self.sale_order_ids.filtered(
            lambda sale: sale.bigcommerce_address_id == address_id
        )
        for picking in sales.picking_ids:
            if (
                picking.state != "assigned"
                or picking.location_dest_id.usage != "customer"
            ):
                continue
            waiting = {}
            for move in picking.move_ids:
                line = move.sale_line_id
                if move.product_id == line.product_id:
                    waiting[line.bigcommerce_line_id] = (
                        move.product_uom._compute_quantity(
                            move.product_uom_qty, line.product_uom_id
                        )
                    )
            if all(waiting.get(line_id, 0) >= n for line_id, n in units.items()):
                return picking
        return self.env["stock.picking"]

    def _get_despatch_event(self):
        """Tell whether this order is delivered wholly, as far as the store knows."""
        unsent = self.env["bigcommerce.shipment"].search_count(
            [("order_id", "=", self.id), ("remote_id", "in", (False, 0))], limit=1
        )
        sales = self.sale_order_ids.filtered(lambda sale: sale.state == "sale")
        waiting = sales.order_line.filtered("bigcommerce_line_id").filtered(
            lambda line: line._bigcommerce_is_waiting()
        )
        return "partially_shipped" if waiting or unsent else "shipped"
