from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...client import NotFound, OutcomeUnknown
from ...client.limits import TRACKING_NUMBER_LENGTH
from ...rules.tracking import hand_out, split_numbers
from .errors import GoneOnError
from .tracking_values import marker, odoo_link, tracking_values


class BigcommerceShipment(models.Model):
    """The outbox: a parcel of a finished delivery, and what the store knows of it."""

    _name = "bigcommerce.shipment"
    _inherit = ["bigcommerce.retry.mixin"]
    _description = "BigCommerce Shipment"
    _order = "id desc"

    picking_id = fields.Many2one(
        "stock.picking",
        "Delivery",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
        help="The finished delivery that the parcel is of.",
    )
    package_id = fields.Many2one(
        "stock.package",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        help="The parcel. Empty: the whole delivery is one.",
    )
    order_id = fields.Many2one(
        "bigcommerce.order",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
        help="The store's order that it belongs to.",
    )
    backend_id = fields.Many2one(
        related="order_id.backend_id", store=True, index=True, string="Store"
    )
    company_id = fields.Many2one(related="backend_id.company_id", store=True)
    order_address_id = fields.Integer(
        "BigCommerce Address",
        required=True,
        readonly=True,
        aggregator=None,
        help="The number of the delivery address in the store.",
    )
    pickup_method_id = fields.Integer(
        readonly=True,
        aggregator=None,
        help="The store's way to collect these goods; 0 for a shipment.",
    )
    items = fields.Json(
        readonly=True,
        help="What is in the parcel: order lines and units.",
    )
    unit_count = fields.Integer(
        "Units",
        compute="_compute_unit_count",
        help="Units in the parcel.",
    )
    contents = fields.Text(
        "In the Parcel",
        compute="_compute_contents",
        compute_sudo=True,
        help="The units of each product, as the store is told.",
    )
    remote_id = fields.Integer(
        "BigCommerce Shipment",
        readonly=True,
        aggregator=None,
        copy=False,
        help="The shipment's number in the store. 0: the store does not know it yet.",
    )
    carrier_id = fields.Many2one(
        "delivery.carrier",
        readonly=True,
        help="The delivery method that carried it.",
    )
    tracking_number = fields.Char(
        readonly=True,
        help="The number that the shopper follows the parcel by.",
    )
    other_numbers = fields.Char(
        "Further Numbers",
        readonly=True,
        help="Numbers that found no place of their own: they go with the comments.",
    )
    tracking_link = fields.Char(
        compute="_compute_tracking_link",
        help="Where the parcel is followed.",
    )
    tracking_source = fields.Char(
        readonly=True,
        help="The text that the numbers were read from.",
    )
    sent = fields.Json(
        readonly=True,
        help="What the store was told.",
    )
    exported_at = fields.Datetime(
        "Exported",
        readonly=True,
        help="When the store was told.",
    )
    is_status_due = fields.Boolean(
        readonly=True,
        help="The order's status in the store is to be set.",
    )

    state = fields.Selection(
        [("pending", "Waiting"), ("exported", "Exported"), ("failed", "Failed")],
        default="pending",
        required=True,
        readonly=True,
        index=True,
        help="Waiting: it is sent with the next export. Failed: it needs a person, "
        "or is tried again.",
    )

    # such as a shipment that was deleted there
    _errors_for_person = (NotFound, GoneOnError)

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

    @api.depends("items")
    def _compute_contents(self):
        for shipment in self:
            lines = shipment.order_id.sale_order_ids.order_line
            sold = lines.grouped("bigcommerce_line_id")
            shipment.contents = "\n".join(
                f"{item['quantity']} × {sold[number].product_id[:1].display_name}"
                for item in shipment.items or ()
                if (number := item["order_product_id"]) in sold
            )

    @api.depends("tracking_number", "carrier_id")
    def _compute_tracking_link(self):
        for shipment in self:
            shipment.tracking_link = odoo_link(shipment)

    @api.ondelete(at_uninstall=False)
    def _unlink_unsent(self):
        """Keep what was sent to the store, or may have been: else it is sent again."""
        if any(shipment.attempts or shipment.remote_id for shipment in self):
            raise UserError(
                self.env._("A shipment that was sent to the store cannot be deleted.")
            )

    def action_retry(self):
        """Have these shipments sent again soon, whatever was tried before."""
        self._check_user()
        waiting = self._as_system().filtered(
            lambda shipment: shipment.state != "exported"
        )
        waiting._try_soon()
        self.env.ref("connector_bigcommerce.cron_export_shipments")._trigger()
        return self.env["bigcommerce.backend"]._notify(
            self.env._("Shipments"), self.env._("They will be sent in a moment.")
        )

    def action_open_in_store(self):
        """Open the order in the store's control panel."""
        return self.order_id.action_open_in_store()

    def _assign_tracking(self):
        """Give the parcels of one delivery the numbers that Odoo knows by now.

        A parcel's own number goes before the delivery's. What was sent to the store
        otherwise becomes due for sending.
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
            self.next_attempt = not numbers and self._get_wait_end()
        if self.remote_id and self.sent != tracking_values(self):
            self._try_soon()
            self.attempts = 0

    def _get_wait_end(self):
        """Return until when to wait for a tracking number, False for not at all."""
        hours = self.backend_id.tracking_wait_hours
        done = self.picking_id.date_done or fields.Datetime.now()
        return hours and done + timedelta(hours=hours)

    def _export(self, client):
        """Bring the store up to date with this shipment.

        :return bool: whether it is
        :raise ApiError: one of STORE_ERRORS, when no other shipment would fare better
        """
        return self._attempt(lambda: self._send(client)) and self.state == "exported"

    def _count_attempt(self):
        """Override of `_count_attempt`: it was counted before it was sent."""

    def _send(self, client):
        order_id, values = self.order_id.remote_id, tracking_values(self)
        if self.pickup_method_id:
            self._send_pickup(client, order_id, values)
            return
        if self.remote_id:
            client.update_shipment(order_id, self.remote_id, values)
            self._note_exported(self.remote_id, values)
            return
        remote = self._must_read_first() and self._look_in_store(client)
        if not remote:
            remote = self._post(client, order_id, values)
        sent = {**values, "tracking_number": remote.get("tracking_number") or ""}
        self._note_exported(remote["id"], sent)
        self.is_status_due = True

    def _send_pickup(self, client, order_id, values):
        """Send that these goods were collected; a pickup has no tracking."""
        if not self.remote_id:
            found = self._must_read_first() and self._look_for_pickup(client)
            pickup = found or client.create_pickup(
                {
                    "order_id": order_id,
                    "pickup_method_id": self.pickup_method_id,
                    "pickup_items": self.items,
                    **dict.fromkeys(("ready_at", "collected_at"), self._get_done_at()),
                }
            )
            self.remote_id = pickup["id"]
            self.is_status_due = True
        self._note_exported(self.remote_id, values)

    def _get_done_at(self):
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

    def _note_exported(self, remote_id, sent):
        """Note what the store has; what was corrected meanwhile is sent next."""
        self._set_state(
            "exported" if sent == tracking_values(self) else "pending",
            remote_id=remote_id,
            sent=sent,
            exported_at=self.exported_at or fields.Datetime.now(),
            error=False,
            next_attempt=False,
        )
