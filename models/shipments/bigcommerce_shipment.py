import logging
from datetime import timedelta

from psycopg2 import OperationalError

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...client import (
    ApiError,
    Forbidden,
    NotFound,
    OutcomeUnknown,
    RetryLater,
    Unauthorized,
)
from ...const import TRACKING_NUMBER_LENGTH
from ...rules.tracking import hand_out, split_numbers
from .tracking_values import find_twin, marker, odoo_link, tracking_values, units_of

_logger = logging.getLogger(__name__)

# The wait before each further attempt doubles from here, up to a day.
FIRST_RETRY = timedelta(minutes=5)
LAST_RETRY = timedelta(days=1)
# A shipment that the store refuses is left to a person after so many attempts.
MAX_ATTEMPTS = 8

# These say something about the store or the API account, not about one shipment.
STORE_ERRORS = (RetryLater, Unauthorized, Forbidden)


class BigcommerceShipment(models.Model):
    """The outbox: a parcel of a finished delivery, and what the store knows of it."""

    _name = "bigcommerce.shipment"
    _description = "BigCommerce Shipment"
    _order = "id desc"

    picking_id = fields.Many2one(
        "stock.picking",
        "Delivery",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    package_id = fields.Many2one(
        "stock.package", readonly=True, index="btree_not_null", ondelete="restrict"
    )
    order_id = fields.Many2one(
        "bigcommerce.order",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    backend_id = fields.Many2one(
        related="order_id.backend_id", store=True, index=True, string="Store"
    )
    company_id = fields.Many2one(related="backend_id.company_id", store=True)
    order_address_id = fields.Integer(
        "BigCommerce Address", required=True, readonly=True, aggregator=None
    )
    pickup_method_id = fields.Integer(
        readonly=True,
        aggregator=None,
        help="The store's way to collect these goods; 0 for a shipment.",
    )
    items = fields.Json(readonly=True)
    unit_count = fields.Integer("Units", compute="_compute_unit_count")
    remote_id = fields.Integer(
        "BigCommerce Shipment", readonly=True, aggregator=None, copy=False
    )
    carrier_id = fields.Many2one("delivery.carrier", readonly=True)
    tracking_number = fields.Char(readonly=True)
    other_numbers = fields.Char(
        "Further Numbers",
        readonly=True,
        help="Numbers that found no place of their own: they go with the comments.",
    )
    tracking_link = fields.Char(compute="_compute_tracking_link")
    tracking_source = fields.Char(readonly=True)
    sent = fields.Json(readonly=True)
    exported_at = fields.Datetime("Exported", readonly=True)
    is_status_due = fields.Boolean(readonly=True)

    state = fields.Selection(
        [("pending", "Waiting"), ("exported", "Exported"), ("failed", "Failed")],
        default="pending",
        required=True,
        readonly=True,
        index=True,
    )
    error = fields.Text(readonly=True)
    attempts = fields.Integer(readonly=True, aggregator=None)
    next_attempt = fields.Datetime(readonly=True)

    _parcel_uniq = models.UniqueIndex(
        "(picking_id, order_id, order_address_id, COALESCE(package_id, 0))",
        "This parcel is in the outbox already.",
    )
    _due_idx = models.Index("(backend_id, next_attempt) WHERE state != 'exported'")
    _status_due_idx = models.Index("(backend_id) WHERE is_status_due")

    @api.depends("picking_id.name", "package_id.name")
    def _compute_display_name(self):
        for shipment in self:
            shipment.display_name = marker(shipment)

    @api.depends("items")
    def _compute_unit_count(self):
        for shipment in self:
            shipment.unit_count = sum(item["quantity"] for item in shipment.items or ())

    @api.depends("tracking_number", "carrier_id")
    def _compute_tracking_link(self):
        for shipment in self:
            shipment.tracking_link = odoo_link(shipment)

    @api.ondelete(at_uninstall=False)
    def _unlink_untold(self):
        """Keep what the store was told, or may have been: else it is told again."""
        if any(shipment.attempts or shipment.remote_id for shipment in self):
            raise UserError(
                self.env._("A shipment that was sent to the store cannot be deleted.")
            )

    def action_retry(self):
        """Have these shipments sent again soon, whatever was tried before."""
        self.check_access("write")
        waiting = self.sudo().filtered(lambda shipment: shipment.state != "exported")
        waiting.write({"state": "pending", "next_attempt": False, "error": False})
        self.env.ref("connector_bigcommerce.cron_export_shipments")._trigger()
        return self.env["bigcommerce.backend"]._notify(
            self.env._("Shipments"), self.env._("They will be sent in a moment.")
        )

    def action_open_in_store(self):
        """Open the order in the store's control panel."""
        return self.order_id.action_open_in_store()

    @api.model
    def _due_domain(self):
        now = fields.Datetime.now()
        return fields.Domain("state", "=", "pending") & (
            fields.Domain("next_attempt", "=", False)
            | fields.Domain("next_attempt", "<=", now)
        ) | fields.Domain("state", "=", "failed") & fields.Domain(
            "next_attempt", "<=", now
        )

    def _assign_tracking(self):
        """Give the parcels of one delivery the numbers that Odoo knows by now.

        A parcel's own number goes before the delivery's. What the store has been
        told otherwise becomes due for sending.
        """
        parcels = self.sorted("id")
        own = [split_numbers(parcel._own_number()) for parcel in parcels]
        shared = split_numbers(parcels.picking_id.carrier_tracking_ref)
        shares = hand_out(shared, own)
        for parcel, numbers in zip(parcels, shares, strict=True):
            parcel._take_numbers(numbers)

    def _own_number(self):
        """Return the number of this parcel's package.

        A package that was used again since carries another parcel's number now.
        """
        if self.search_count(
            [("package_id", "in", self.package_id.ids), ("id", ">", self.id)], limit=1
        ):
            return self.tracking_number
        return self.package_id.bigcommerce_tracking_number

    def _take_numbers(self, numbers):
        fitting = [n for n in numbers if len(n) <= TRACKING_NUMBER_LENGTH]
        number = fitting[0] if fitting else False
        self.write(
            {
                "carrier_id": self.picking_id.carrier_id.id,
                "tracking_number": number,
                "other_numbers": ", ".join(n for n in numbers if n != number) or False,
                "tracking_source": "|".join(
                    (
                        self.package_id.bigcommerce_tracking_number or "",
                        self.picking_id.carrier_tracking_ref or "",
                    )
                ),
            }
        )
        if not self.attempts:
            self.next_attempt = not numbers and self._waits_until()
        if self.remote_id and self.sent != tracking_values(self):
            self.write(
                {
                    "state": "pending",
                    "attempts": 0,
                    "next_attempt": False,
                    "error": False,
                }
            )

    def _waits_until(self):
        """Return until when to wait for a tracking number, False for not at all."""
        hours = self.backend_id.tracking_wait_hours
        done = self.picking_id.date_done or fields.Datetime.now()
        return hours and done + timedelta(hours=hours)

    def _claim(self, run):
        """Note, in the database, that this shipment is about to be sent.

        Whatever breaks off after that, the next attempt reads the store first.

        :return: the shipment, locked, or none when another worker has it
        """
        shipment = self._lock_due()
        if shipment:
            shipment.attempts += 1
            run._commit()
            shipment = shipment._lock_due()
        return shipment

    def _lock_due(self):
        locked = self.try_lock_for_update(allow_referencing=True)
        return locked.filtered_domain(self._due_domain())

    def _export(self, client):
        """Bring the store up to date with this shipment.

        :return bool: whether it is
        :raise ApiError: one of STORE_ERRORS, when no other shipment would fare better
        """
        try:
            with self.env.cr.savepoint():
                self._send(client)
        except STORE_ERRORS as error:
            self._postpone(error)
            raise
        except OutcomeUnknown as error:
            self._postpone(error)
        except OperationalError:
            raise
        except ApiError as error:
            self._refuse(error)
        except Exception as error:
            _logger.exception("%s could not be exported", self.display_name)
            self._refuse(
                self.env._(
                    "Unexpected error: %(error)s. The server's log has the details.",
                    error=error,
                )
            )
        return self.state == "exported"

    def _send(self, client):
        order_id, values = self.order_id.remote_id, tracking_values(self)
        if self.pickup_method_id:
            self._send_pickup(client, order_id, values)
            return
        if self.remote_id:
            client.update_shipment(order_id, self.remote_id, values)
            self._note_exported(self.remote_id, values)
            return
        read_first = self.attempts > 1 or self.order_id._is_shipped_elsewhere()
        remote = read_first and self._find_in_store(client)
        if not remote:
            remote = self._post(client, order_id, values)
        sent = {**values, "tracking_number": remote.get("tracking_number") or ""}
        self._note_exported(remote["id"], sent)
        self.is_status_due = True

    def _send_pickup(self, client, order_id, values):
        """Tell that these goods were collected; a pickup has no tracking."""
        if not self.remote_id:
            found = self.attempts > 1 and self._find_pickup(client)
            pickup = found or client.create_pickup(
                {
                    "order_id": order_id,
                    "pickup_method_id": self.pickup_method_id,
                    "pickup_items": self.items,
                    **dict.fromkeys(("ready_at", "collected_at"), self._done_at()),
                }
            )
            self.remote_id = pickup["id"]
            self.is_status_due = True
        self._note_exported(self.remote_id, values)

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

    def _done_at(self):
        done = self.picking_id.date_done or fields.Datetime.now()
        return f"{done.isoformat(timespec='seconds')}Z"

    def _post(self, client, order_id, values):
        """Create the shipment, or find it when nobody knows whether it was created.

        :return: dict, the shipment as the store has it
        """
        items = {"order_address_id": self.order_address_id, "items": self.items}
        try:
            return client.create_shipment(order_id, {**items, **values})
        except OutcomeUnknown:
            remote = self._find_in_store(client)
            if not remote:
                raise
            return remote

    def _find_in_store(self, client):
        """Return this shipment as the store has it, or None."""
        remotes = client.shipments(self.order_id.remote_id)
        return find_twin(self, remotes, self.order_id.shipment_ids - self)

    def _note_exported(self, remote_id, sent):
        """Note what the store has; what was corrected meanwhile is sent next."""
        self.write(
            {
                "remote_id": remote_id,
                "sent": sent,
                "state": "exported" if sent == tracking_values(self) else "pending",
                "exported_at": self.exported_at or fields.Datetime.now(),
                "error": False,
                "next_attempt": False,
            }
        )

    def _postpone(self, error):
        """Try again later: nothing is wrong with this shipment."""
        wait = timedelta(seconds=getattr(error, "delay", None) or 0)
        self.write(
            {
                "state": "pending",
                "error": str(error),
                "next_attempt": fields.Datetime.now() + max(wait, self._wait()),
            }
        )

    def _refuse(self, error):
        """Show the reason; try some more times, then leave it to a person.

        What the store has no more, such as a shipment deleted there, is at once.
        """
        again = self.attempts < MAX_ATTEMPTS and not isinstance(error, NotFound)
        self.write(
            {
                "state": "failed",
                "error": str(error),
                "next_attempt": again and fields.Datetime.now() + self._wait(),
            }
        )

    def _wait(self):
        return min(FIRST_RETRY * 2 ** max(self.attempts - 1, 0), LAST_RETRY)
