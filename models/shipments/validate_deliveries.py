import logging

from odoo import fields, models
from odoo.exceptions import UserError

from ...client import ApiError
from ..sync.bigcommerce_retry_mixin import CONCURRENCY_ERRORS, STORE_ERRORS
from .tracking_values import marker, tracking_values, units_of

_logger = logging.getLogger(__name__)


class BigcommerceOrder(models.Model):
    """Deliveries here that are validated because the store has shipped them."""

    _inherit = "bigcommerce.order"

    store_shipments_seen = fields.Json(
        readonly=True,
        help="The units shipped, and the deliveries that waited for them, when the "
        "store's shipments were last looked through.",
    )

    def _get_news_of_shipments(self):
        """Return what makes it worth to look through the store's shipments, or None.

        Nothing when that was done, and neither the store has shipped more nor another
        delivery waits since.
        """
        waiting = self._get_waiting_deliveries()
        news = [self.units_shipped, sorted(waiting.ids)]
        if not waiting or news == self.store_shipments_seen:
            return None
        return news if self._is_shipped_elsewhere() else None

    def _validate_deliveries(self, client):
        """Validate the waiting deliveries of what was shipped in the store.

        What cannot be validated is told to a person, and keeps nothing else waiting.

        :return bool: whether all went well
        :raise: what concerns all orders: an error of the store, or another transaction
            that was quicker
        """
        self.store_shipments_seen = self._get_news_of_shipments()
        try:
            remotes = client.shipments(self.remote_id)
        except STORE_ERRORS:
            raise
        except ApiError as error:
            self._tell_why_not_validated(error)
            return False
        went_well = True
        for remote in self._filter_shipped_since(remotes):
            try:
                with self.env.cr.savepoint():
                    self._validate_delivery_of(remote)
            except CONCURRENCY_ERRORS:
                raise
            except Exception as error:
                _logger.info("shipment %s", remote["id"], exc_info=error)
                self._tell_why_not_validated(error)
                went_well = False
        return went_well

    def _tell_why_not_validated(self, error):
        self._message_person(
            self.env._(
                "What the store shipped could not be validated here: %(reason)s",
                reason=error,
            )
        )

    def _get_waiting_deliveries(self):
        return self.sale_order_ids.picking_ids.filtered(
            lambda picking: (
                picking.state == "assigned"
                and picking.location_dest_id.usage == "customer"
            )
        )

    def _validate_delivery_of(self, remote):
        """Validate the waiting delivery that a shipment of the store is of, if any.

        :param dict remote: one of GET /v2/orders/{id}/shipments
        :raise UserError: when the delivery cannot be validated just so
        """
        ours = self.shipment_ids
        comment = (remote.get("comments") or "").split("\n")[0].strip()
        if remote["id"] in ours.mapped("remote_id") or comment in map(marker, ours):
            return
        units = units_of(remote["items"])
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
        for picking in self._get_waiting_deliveries():
            if picking.sale_id.bigcommerce_address_id != address_id:
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
