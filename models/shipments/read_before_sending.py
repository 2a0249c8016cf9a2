from datetime import timedelta

from odoo import fields, models

from ...client import parse_order
from ...const import CANCELLED, DECLINED, REFUNDED
from .errors import GoneOnError
from .tracking_values import find_twin, units_of

# In these the store expects no goods to be sent.
CLOSED = (CANCELLED, DECLINED, REFUNDED)
# After this time the order may have gone on in the store: it is read first.
LONG_WAIT = timedelta(hours=1)


class BigcommerceShipment(models.Model):
    """What became of an order in the store before a parcel of it is sent."""

    _inherit = "bigcommerce.shipment"

    def _must_read_first(self):
        """Tell whether the order may have gone on in the store meanwhile.

        After an outcome that nobody knows, after a long wait, and when the inbox says
        so.
        """
        done, order = self.picking_id.date_done, self.order_id
        return (
            self.attempts > 1
            or not done
            or fields.Datetime.now() - done > LONG_WAIT
            or order._is_shipped_elsewhere()
            or order.status_id in CLOSED
            or order.units_refunded
        )

    def _look_in_store(self, client):
        """Return this shipment as the store has it, or None when it is to be sent.

        :raise GoneOnError: when the store would not take it, or should not
        """
        document = self._read_order(client)
        is_expected = self.attempts > 1 or document.items_shipped
        remote = self._find_in_store(client) if is_expected else None
        if not remote:
            self._check_status(document)
            self._check_units(document, lambda line: line.quantity_shipped)
        return remote

    def _look_for_pickup(self, client):
        """Return this pickup as the store has it, or None when it is to be sent.

        :raise GoneOnError: when the store should not be told of it
        """
        document = self._read_order(client)
        pickup = self._find_pickup(client)
        if not pickup:
            self._check_status(document)
            self._check_units(document, lambda line: 0)
        return pickup

    def _read_order(self, client):
        return parse_order(client.complete_order(client.order(self.order_id.remote_id)))

    def _check_status(self, document):
        """Make sure that the order is still to be despatched.

        :param document: client.documents.Order, as the store has it now
        """
        if document.status_id in CLOSED:
            raise GoneOnError(
                self.env._(
                    "The order is %(status)s in the store, and %(delivery)s was "
                    "delivered here: the store was not told. Set the order's status "
                    "there and use Retry, or settle it with the customer.",
                    status=document.custom_status or document.status,
                    delivery=self.picking_id.name,
                )
            )

    def _check_units(self, document, shipped):
        """Make sure that the order has these units left.

        :param document: client.documents.Order, as the store has it now
        :param shipped: function of a line, the units that have left for the store
        """
        wanted = units_of(self.items)
        for line in document.lines:
            left = line.quantity - line.quantity_refunded - shipped(line)
            if wanted.get(line.id, 0) > left:
                raise GoneOnError(
                    self.env._(
                        "This parcel holds %(units)s × %(product)s, and the store has "
                        "%(left)s left to ship: %(sold)s sold, %(shipped)s shipped, "
                        "%(refunded)s refunded. It was not told.",
                        units=wanted[line.id],
                        product=line.name,
                        left=max(left, 0),
                        sold=line.quantity,
                        shipped=line.quantity_shipped,
                        refunded=line.quantity_refunded,
                    )
                )

    def _find_pickup(self, client):
        """Return this pickup as the store has it, or None."""
        others = (self.order_id.shipment_ids - self).mapped("remote_id")
        return next(
            (
                pickup
                for pickup in client.pickups(self.order_id.remote_id)
                if pickup["id"] not in others
                and units_of(pickup["pickup_items"]) == units_of(self.items)
            ),
            None,
        )

    def _find_in_store(self, client):
        """Return this shipment as the store has it, or None."""
        order = self.order_id
        remotes = order._filter_shipped_since(client.shipments(order.remote_id))
        return find_twin(self, remotes, order.shipment_ids - self)
