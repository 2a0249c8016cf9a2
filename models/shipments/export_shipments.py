import logging

from odoo.fields import Domain
from odoo.tools import SQL, split_every

from ...client import Refused
from ..orders.read_statuses import read_statuses
from ..sync.bigcommerce_retry_mixin import CONCURRENCY_ERRORS, STORE_ERRORS
from ..sync.direction import Direction
from .parcels import Parcels

_logger = logging.getLogger(__name__)

# Deliveries whose parcels are noted together; each batch is one commit.
BATCH = 100


class ExportShipments(Direction, kind="export_shipments"):
    """Shipments out: note what was delivered, send it once, see to the status."""

    writes = True

    def work(self):
        self.note_parcels()
        self.note_tracking()
        self.send()
        self.settle_statuses()
        self.validate_store_shipments()

    def note_parcels(self):
        """Put the parcels of finished deliveries into the outbox.

        Found by what was delivered, whichever way it was; signals only hurry it.
        """
        deliveries = self.env["stock.picking"]._bigcommerce_get_unsent(self.backend)
        for ids in split_every(BATCH, deliveries.ids):
            self.commit(failed=self._note_parcels_of(deliveries.browse(ids)))

    def note_tracking(self):
        """Take over the tracking numbers that were typed in or corrected since."""
        shipments = self.env["bigcommerce.shipment"].search(
            [
                ("backend_id", "=", self.backend.id),
                ("picking_id", "in", self._get_deliveries_with_other_tracking()),
            ]
        )
        for parcels in shipments.grouped("picking_id").values():
            parcels._assign_tracking()
        self.commit()

    def send(self):
        """Send each shipment that is due, and commit after each."""
        shipments = self.env["bigcommerce.shipment"]
        due = shipments._due_domain() & Domain("backend_id", "=", self.backend.id)
        for shipment_id in shipments.search(due, order="id").ids:
            shipment = self._claim(shipments.browse(shipment_id))
            if not shipment:
                continue
            try:
                exported = shipment._export(self.client)
            except STORE_ERRORS:
                self.run._commit(failed=1)
                raise
            self.commit(int(exported), int(not exported))

    def settle_statuses(self):
        """See to it that despatched orders have the status that is mapped.

        The store may set it by itself, so it is read first: hundreds of orders in a
        call.
        """
        shipments = self.env["bigcommerce.shipment"]
        due = shipments.search(
            [
                ("backend_id", "=", self.backend.id),
                ("is_status_due", "=", True),
                ("order_id.status_error", "=", False),
            ]
        )
        for ids in split_every(BATCH, due.order_id.sorted("remote_id").ids, list):
            orders = due.order_id.browse(ids)
            current = read_statuses(self.client, orders.mapped("remote_id"))
            for order in orders:
                self._settle_status(order, current.get(order.remote_id))
            self.commit()

    def validate_store_shipments(self):
        """Validate the waiting deliveries of what was shipped in the store.

        Last of all, so that no shipment waits for it.
        """
        if not self.backend.validate_store_shipments:
            return
        orders = self.env["bigcommerce.order"].search(
            Domain("backend_id", "=", self.backend.id)
            & Domain("units_shipped", ">", 0)
            & Domain("sale_order_ids.picking_ids.state", "=", "assigned")
        )
        for order in orders.filtered(lambda order: order._get_news_of_shipments()):
            went_well = order._validate_deliveries(self.client)
            self.commit(int(went_well), int(not went_well))

    def _claim(self, shipment):
        """Note, in the database, that a shipment is about to be sent.

        Whatever breaks off after that, the next attempt reads the store first. The
        time is not looked at: what is claimed is sent.

        :return: the shipment, locked, or none when another worker has it
        """
        shipment = shipment._lock_due()
        if shipment:
            shipment.attempts += 1
            self.run._commit()
            shipment = shipment._lock_due()
        return shipment

    def _note_parcels_of(self, pickings):
        """Note the parcels of some deliveries; one that fails stops no other.

        :return int: the number of deliveries that failed
        """
        parcels, values, failed = Parcels(pickings), [], 0
        empty = pickings.browse()
        for picking in pickings:
            try:
                shipments = parcels.shipments(picking)
            except CONCURRENCY_ERRORS:
                raise
            except Exception as error:
                _logger.exception("the parcels of %s cannot be sent", picking.name)
                self.run._note(f"{picking.name}: {error}")
                failed += 1
                continue
            values += shipments
            if not shipments:
                empty += picking
        self.env["bigcommerce.shipment"].create(values)
        empty.write({"bigcommerce_nothing_to_ship": True})
        return failed

    def _get_deliveries_with_other_tracking(self):
        """Return the ids of deliveries whose tracking is not what the outbox has."""
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT DISTINCT shipment.picking_id
                  FROM bigcommerce_shipment shipment
                  JOIN stock_picking picking ON picking.id = shipment.picking_id
             LEFT JOIN stock_package package ON package.id = shipment.package_id
                 WHERE shipment.backend_id = %(backend)s
                   AND (COALESCE(package.bigcommerce_tracking_number, '')
                            || '|' || COALESCE(picking.carrier_tracking_ref, '')
                            IS DISTINCT FROM shipment.tracking_source
                        OR picking.carrier_id IS DISTINCT FROM shipment.carrier_id)
                   AND NOT EXISTS (
                       SELECT 1
                         FROM bigcommerce_shipment later
                        WHERE later.package_id = shipment.package_id
                          AND later.id > shipment.id)
                """,
                backend=self.backend.id,
            )
        )
        return [picking_id for (picking_id,) in rows]

    def _settle_status(self, order, current):
        """Set one order's status where the store did not do so.

        :param order: inbox row
        :param current: the store's status now; None when the order is gone
        """
        wanted = self.backend.status_mapping_ids._get_status_to_set(
            order._get_despatch_event(), current
        )
        try:
            if wanted:
                self.client.set_order_status(order.remote_id, wanted.status_id)
        except STORE_ERRORS:
            raise
        except Refused as error:
            order._leave_status_to_person(error)
            return
        order.shipment_ids.is_status_due = False
