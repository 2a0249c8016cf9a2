from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from .tracking_values import marker, tracking_values


class BigcommerceBackend(models.Model):
    """Shipments that people make in the store validate the delivery in Odoo."""

    _inherit = "bigcommerce.backend"

    validate_store_shipments = fields.Boolean(
        "Validate Deliveries Shipped in the Store",
        help="A shipment that somebody makes in the store's control panel validates "
        "the delivery here, with its quantities and number. Without this it is only "
        "recognized when the delivery is validated.",
    )

    def _validate_store_shipments(self, client, run):
        """Validate the waiting deliveries of what was shipped in the store.

        :return bool: False when out of time
        """
        if not self.validate_store_shipments:
            return True
        orders = self.env["bigcommerce.order"].search(
            Domain("backend_id", "=", self.id)
            & Domain("units_shipped", ">", 0)
            & Domain("sale_order_ids.picking_ids.state", "=", "assigned")
        )
        for order in orders.filtered(lambda order: order._is_shipped_elsewhere()):
            for remote in client.shipments(order.remote_id):
                try:
                    with self.env.cr.savepoint():
                        order._validate_delivery_of(remote)
                except UserError as error:
                    run._note(f"{order.display_name}: {error}")
            if not run._commit():
                return False
        return True


class BigcommerceOrder(models.Model):
    """What the store has shipped of an order, and who did."""

    _inherit = "bigcommerce.order"

    units_shipped = fields.Integer(readonly=True, help="As the store counts them.")

    def _inbox_values(self, backend, payload):
        values = super()._inbox_values(backend, payload)
        shipped = payload.get("items_shipped") or 0
        return {**values, "units_shipped": int(float(shipped))}

    def _is_shipped_elsewhere(self):
        """Tell whether more was shipped in the store than was told from here."""
        told = self.shipment_ids.filtered("remote_id")
        return self.units_shipped > sum(told.mapped("unit_count"))

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
        picking = self._delivery_holding(units, remote["order_address_id"])
        if not picking:
            return
        for move in picking.move_ids:
            line = move.sale_line_id
            move.quantity = line.product_uom_id._compute_quantity(
                units.get(line.bigcommerce_line_id, 0), move.product_uom
            )
            move.picked = bool(move.quantity)
        if remote.get("tracking_number") and not picking.carrier_tracking_ref:
            picking.carrier_tracking_ref = remote["tracking_number"]
        picking.with_context(skip_backorder=True, skip_sms=True).button_validate()
        if picking.state != "done":
            raise UserError(
                self.env._(
                    "%(delivery)s was shipped in the store and needs a person to be "
                    "validated here.",
                    delivery=picking.name,
                )
            )
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
        shipment.write(
            {
                "state": "exported",
                "sent": tracking_values(shipment),
                "exported_at": fields.Datetime.now(),
            }
        )

    def _delivery_holding(self, units, address_id):
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
