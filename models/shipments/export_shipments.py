import logging

from odoo import fields, models
from odoo.fields import Domain
from odoo.tools import SQL, split_every

from ...client import Refused
from ...const import (
    CANCELLED,
    COMPLETED,
    DECLINED,
    DISPUTED,
    INCOMPLETE,
    PARTIALLY_REFUNDED,
    REFUNDED,
    SHIPPED,
)
from .bigcommerce_shipment import STORE_ERRORS
from .parcels import Parcels

_logger = logging.getLogger(__name__)

# Deliveries whose parcels are noted together; each batch is one commit.
BATCH = 100
# Order numbers that one call for headers covers: fewer than a page's 250 rows.
HEADER_SPAN = 249
# A person, or the money, has moved the order on: a despatch does not take it back.
STATUSES_LEFT_ALONE = frozenset(
    {
        INCOMPLETE,
        CANCELLED,
        DECLINED,
        REFUNDED,
        PARTIALLY_REFUNDED,
        DISPUTED,
        COMPLETED,
    }
)


class BigcommerceBackend(models.Model):
    """Shipments out: note what was delivered, tell it once, see to the status."""

    _inherit = "bigcommerce.backend"

    tracking_wait_hours = fields.Integer(
        "Wait for Tracking (hours)",
        help="A parcel without a tracking number is told this long after its "
        "delivery, or as soon as it has one. 0: at once.",
    )

    def _export_shipments_work(self, client, run):
        """Tell the store about finished deliveries and their tracking numbers."""
        return (
            self._validate_store_shipments(client, run)
            and self._note_parcels(run)
            and self._note_tracking(run)
            and self._send_shipments(client, run)
            and self._settle_statuses(client, run)
        )

    def _note_parcels(self, run):
        """Put the parcels of finished deliveries into the outbox.

        Found by what was delivered, whichever way it was; signals only hurry it.

        :return bool: False when out of time
        """
        for ids in split_every(BATCH, self._deliveries_to_note().ids):
            failed = self._note_parcels_of(self.env["stock.picking"].browse(ids), run)
            if not run._commit(failed=failed):
                return False
        return True

    def _deliveries_to_note(self):
        """Return the finished deliveries that are not in the outbox yet."""
        return self.env["stock.picking"].search(
            [
                ("state", "=", "done"),
                ("location_dest_id.usage", "=", "customer"),
                ("sale_id.bigcommerce_backend_id", "=", self.id),
                ("bigcommerce_shipment_ids", "=", False),
                ("bigcommerce_nothing_to_ship", "=", False),
            ],
            order="date_done, id",
        )

    def _note_parcels_of(self, pickings, run):
        """Note the parcels of some deliveries; one that fails stops no other.

        :return int: the number of deliveries that failed
        """
        parcels, values, failed = Parcels(pickings), [], 0
        empty = pickings.browse()
        for picking in pickings:
            try:
                shipments = parcels.shipments(picking)
            except Exception as error:
                _logger.exception("the parcels of %s cannot be told", picking.name)
                run._note(f"{picking.name}: {error}")
                failed += 1
                continue
            values += shipments
            if not shipments:
                empty += picking
        self.env["bigcommerce.shipment"].create(values)
        empty.write({"bigcommerce_nothing_to_ship": True})
        return failed

    def _note_tracking(self, run):
        """Take over the tracking numbers that were typed in or corrected since.

        :return bool: False when out of time
        """
        shipments = self.env["bigcommerce.shipment"].search(
            [
                ("backend_id", "=", self.id),
                ("picking_id", "in", self._pickings_with_news()),
            ]
        )
        for parcels in shipments.grouped("picking_id").values():
            parcels._assign_tracking()
        return run._commit()

    def _pickings_with_news(self):
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
                backend=self.id,
            )
        )
        return [picking_id for (picking_id,) in rows]

    def _send_shipments(self, client, run):
        """Send each shipment that is due, and commit after each.

        :return bool: False when out of time
        """
        shipments = self.env["bigcommerce.shipment"]
        due = shipments._due_domain() & Domain("backend_id", "=", self.id)
        for shipment_id in shipments.search(due, order="id").ids:
            shipment = shipments.browse(shipment_id)._claim(run)
            if not shipment:
                continue
            try:
                exported = shipment._export(client)
            except STORE_ERRORS:
                run._commit(failed=1)
                raise
            if not run._commit(int(exported), int(not exported)):
                return False
        return True

    def _settle_statuses(self, client, run):
        """See to it that despatched orders have the status that is mapped.

        The store may set it by itself, so it is read first: hundreds of orders in a
        call.

        :return bool: False when out of time
        """
        shipments = self.env["bigcommerce.shipment"]
        due = shipments.search(
            [("backend_id", "=", self.id), ("is_status_due", "=", True)]
        )
        for orders in _spans(due.order_id.sorted("remote_id")):
            headers = client.order_headers(
                min_id=orders[0].remote_id, max_id=orders[-1].remote_id
            )
            statuses = {header["id"]: header["status_id"] for header in headers}
            for order in orders:
                self._settle_status(client, run, order, statuses.get(order.remote_id))
            due.filtered_domain([("order_id", "in", orders.ids)]).is_status_due = False
            if not run._commit():
                return False
        return True

    def _settle_status(self, client, run, order, current):
        """Set one order's status where the store did not do so.

        :param order: inbox row
        :param current: the store's status now; None when the order is gone
        """
        event = self._despatch_event(order)
        wanted = self._status_set_by(event)
        if not wanted or current is None or current == wanted.status_id:
            return
        if current in STATUSES_LEFT_ALONE:
            return
        if current == SHIPPED and event == "partially_shipped":
            # somebody shipped the rest in the store
            return
        try:
            client.set_order_status(order.remote_id, wanted.status_id)
        except Refused as error:
            run._note(f"{order.display_name}: {error}")

    def _despatch_event(self, order):
        """Tell whether an order is delivered wholly, as far as the store knows."""
        untold = self.env["bigcommerce.shipment"].search_count(
            [("order_id", "=", order.id), ("remote_id", "in", (False, 0))], limit=1
        )
        sales = order.sale_order_ids.filtered(lambda sale: sale.state == "sale")
        goods = sales.order_line.filtered("bigcommerce_line_id")
        waiting = goods.move_ids.filtered(
            lambda move: (
                move.state not in ("done", "cancel")
                and move.location_dest_usage == "customer"
            )
        )
        return "partially_shipped" if waiting or untold else "shipped"

    def action_dismiss_shipments(self):
        """Leave alone what was delivered and not told so far.

        :return: a notification with the number of deliveries
        """
        self._check_manager()
        count = 0
        for backend in self.sudo():
            untold = backend.env["bigcommerce.shipment"].search(
                [
                    ("backend_id", "=", backend.id),
                    ("attempts", "=", 0),
                    ("remote_id", "in", (False, 0)),
                ]
            )
            pickings = untold.picking_id | backend._deliveries_to_note()
            untold.unlink()
            pickings.write({"bigcommerce_nothing_to_ship": True})
            count += len(pickings)
        return self._notify(
            self.env._("Shipments"),
            self.env._("%(count)s deliveries will not be told.", count=count),
        )


def _spans(orders):
    """Yield orders in groups whose numbers lie close together."""
    while orders:
        limit = orders[0].remote_id + HEADER_SPAN
        span = orders.filtered(lambda order, limit=limit: order.remote_id < limit)
        yield span
        orders -= span
