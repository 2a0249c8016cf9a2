import hashlib
import json
from datetime import timedelta

from odoo import api, fields, models

from ...client import ApiError, InvalidDocument, RateLimited, Unauthorized, parse_order
from .errors import OrderHeldError

# The wait before each further attempt doubles from here, up to a day.
FIRST_RETRY = timedelta(minutes=5)
LAST_RETRY = timedelta(days=1)
MAX_ATTEMPTS = 8


class BigcommerceOrder(models.Model):
    """The inbox: an order as the store sent it, and what became of it."""

    _name = "bigcommerce.order"
    _description = "BigCommerce Order"
    _order = "date_created desc, remote_id desc"
    _rec_name = "remote_id"
    _check_company_auto = True

    backend_id = fields.Many2one(
        "bigcommerce.backend",
        "Store",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    company_id = fields.Many2one(related="backend_id.company_id", store=True)
    remote_id = fields.Integer(
        "Order", required=True, readonly=True, index=True, aggregator=None
    )
    status_id = fields.Integer("BigCommerce Status", readonly=True, aggregator=None)
    status_mapping_id = fields.Many2one(
        "bigcommerce.status.mapping",
        "Store Status",
        compute="_compute_status_mapping_id",
    )
    is_archived = fields.Boolean("Archived in the Store", readonly=True)
    payload = fields.Json(readonly=True, prefetch=False)
    payload_digest = fields.Char(readonly=True)
    date_created = fields.Datetime("Ordered", readonly=True)
    date_modified = fields.Datetime("Changed", readonly=True)
    customer_name = fields.Char("Customer", readonly=True)
    payment_method = fields.Char(readonly=True)
    payment_status = fields.Char(readonly=True)
    customer_message = fields.Text(readonly=True)
    staff_notes = fields.Text(readonly=True)
    amount_total = fields.Monetary("Charged", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)

    state = fields.Selection(
        [
            ("pending", "Waiting"),
            ("imported", "Imported"),
            ("ignored", "Ignored"),
            ("held", "Held"),
            ("failed", "Failed"),
        ],
        default="pending",
        required=True,
        readonly=True,
        index=True,
    )
    is_incomplete = fields.Boolean(
        readonly=True, help="Its lines could not be read from the store yet."
    )
    is_changed = fields.Boolean(
        readonly=True, help="The store changed this order after it was imported."
    )
    amount_difference = fields.Monetary(
        "Difference",
        readonly=True,
        help="Held because of it: what was charged, less what the parts of the order "
        "come to.",
    )
    difference_accepted_by_id = fields.Many2one("res.users", readonly=True)
    error = fields.Text(readonly=True)
    attempts = fields.Integer(readonly=True, aggregator=None)
    next_attempt = fields.Datetime(readonly=True)
    sale_order_ids = fields.One2many("sale.order", "bigcommerce_order_id")
    sale_order_count = fields.Integer(compute="_compute_sale_order_count")
    tender_ids = fields.One2many("bigcommerce.order.tender", "order_id")
    refund_ids = fields.One2many("bigcommerce.refund", "order_id")
    shipment_ids = fields.One2many("bigcommerce.shipment", "order_id")

    _remote_uniq = models.UniqueIndex(
        "(backend_id, remote_id)", "This order has been received already."
    )
    _due_idx = models.Index(
        "(backend_id, next_attempt) WHERE state IN ('pending', 'failed') OR is_changed"
    )

    @api.depends("remote_id", "backend_id")
    def _compute_display_name(self):
        for order in self:
            order.display_name = f"{order.backend_id.name} #{order.remote_id}"

    @api.depends("status_id", "backend_id.status_mapping_ids.status_id")
    def _compute_status_mapping_id(self):
        for backend, orders in self.grouped("backend_id").items():
            statuses = backend.status_mapping_ids.grouped("status_id")
            for order in orders:
                order.status_mapping_id = statuses.get(order.status_id, False)

    @api.depends("sale_order_ids")
    def _compute_sale_order_count(self):
        for order in self:
            order.sale_order_count = len(order.sale_order_ids)

    def action_retry(self):
        """Import these orders once more, now, from what is here: no store needed.

        Sale orders that could not follow a change in the store are tried again, too.
        """
        self.check_access("write")
        waiting = self.sudo().filtered(
            lambda order: order.state != "imported" or order.error
        )
        imported = waiting.filtered(lambda order: order.state == "imported")
        imported.is_changed = True
        (waiting - imported).state = "pending"
        waiting.write({"attempts": 0, "next_attempt": False, "error": False})
        for backend, orders in waiting.grouped("backend_id").items():
            orders = orders.with_env(backend._in_company().env)
            orders.filtered("is_incomplete")._read_again()
            orders._process()

    def action_accept_difference(self):
        """Import orders that do not come to what was charged all the same.

        The difference goes on a labelled line; it is a person's decision.
        """
        self.check_access("write")
        orders = self.filtered("amount_difference")
        orders.sudo().difference_accepted_by_id = self.env.user
        orders.action_retry()

    def action_refetch(self):
        """Read these orders from the store once more, and import them."""
        self.check_access("write")
        for backend, orders in self.sudo().grouped("backend_id").items():
            orders.with_env(backend._in_company().env)._read_again()
        self.action_retry()

    def _read_again(self, client=None):
        """Read these orders of one store from the store, with all their lines."""
        if self:
            # what was emptied is taken over again although it did not change
            self.filtered(lambda order: not order.payload).payload_digest = False
            client = client or self.backend_id._client()
            payloads = [client.order(order.remote_id) for order in self]
            self._receive(self.backend_id, payloads, client.complete_order)

    def action_open_sale_orders(self):
        """Show the sale orders made from this order."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("sale.action_orders")
        action["domain"] = [("bigcommerce_order_id", "=", self.id)]
        if len(self.sale_order_ids) == 1:
            action["views"] = [(False, "form")]
            action["res_id"] = self.sale_order_ids.id
        return action

    def action_open_in_store(self):
        """Open this order in the store's control panel."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": self.backend_id._store_link(f"/manage/orders/{self.remote_id}"),
        }

    @api.model
    def _receive(self, backend, payloads, complete=None):
        """Put orders into the inbox; an order that did not change costs no write.

        :param backend: the store
        :param list payloads: orders as GET /v2/orders lists them
        :param complete: function payload -> payload with all lines, called for new
            and changed orders only (it may need further calls)
        :return: the rows that are new or changed
        """
        ids = [payload["id"] for payload in payloads]
        known = self.search(
            [("backend_id", "=", backend.id), ("remote_id", "in", ids)]
        ).grouped("remote_id")
        new, received = [], self.browse()
        for payload in payloads:
            row, digest = known.get(payload["id"]), _digest(payload)
            if row and row.payload_digest == digest and not row.is_incomplete:
                continue
            values = self._completed_values(backend, payload, complete)
            values["payload_digest"] = digest
            if row:
                row._update(values)
                received += row
            else:
                new.append(values)
        received += self.create(new)
        for order in received.filtered("is_incomplete"):
            order._fail(order.error)
        received._note_stock_change()
        return received

    def _completed_values(self, backend, payload, complete):
        """Return the row's values with all lines.

        Where the lines of one order cannot be read, that order waits for another
        try, and the others do not wait for it.

        :raise Unauthorized, RateLimited: which concern all orders
        """
        if not complete:
            return self._inbox_values(backend, payload)
        try:
            return self._inbox_values(backend, complete(payload))
        except (Unauthorized, RateLimited):
            raise
        except ApiError as error:
            return {
                **self._inbox_values(backend, payload),
                "is_incomplete": True,
                "error": self.env._(
                    "The lines of this order could not be read: %(reason)s",
                    reason=error,
                ),
            }

    def _inbox_values(self, backend, payload):
        """Return the row's values; a payload that cannot be read is held."""
        values = {
            "backend_id": backend.id,
            "remote_id": payload["id"],
            "payload": payload,
            "status_id": payload.get("status_id") or 0,
            "is_incomplete": False,
            "state": "pending",
            "error": False,
            "attempts": 0,
            "next_attempt": False,
        }
        try:
            document = parse_order(payload)
        except InvalidDocument as error:
            return {**values, "state": "held", "error": str(error)}
        currency = backend._currency(document.currency_code)
        return {
            **values,
            "is_archived": document.is_deleted,
            "date_created": _naive(document.date_created),
            "date_modified": _naive(document.date_modified),
            "customer_name": document.billing_address.name,
            "payment_method": document.payment_method,
            "payment_status": document.payment_status,
            "customer_message": document.customer_message,
            "staff_notes": document.staff_notes,
            "amount_total": float(document.total_inc_tax),
            "currency_id": (currency or backend.default_currency_id).id,
            "sold_units": self._units_sold(document),
        }

    def _update(self, values):
        """Take over what the store changed; an imported order stays imported."""
        values = {**values, "difference_accepted_by_id": False, "amount_difference": 0}
        if self.state == "imported":
            is_readable = values["state"] == "pending"
            values = {**values, "state": "imported", "is_changed": is_readable}
        if self.is_incomplete and values["is_incomplete"]:
            values["attempts"] = self.attempts
        self.write(values)

    def _document(self):
        """Return the order as a typed document (client/documents.py).

        :raise OrderHeldError: when what the store sent is no longer kept
        """
        self.ensure_one()
        if not self.payload:
            raise OrderHeldError(
                self.env._("What the store sent is no longer kept: use Fetch Again.")
            )
        return parse_order(self.payload)

    @api.model
    def _due_domain(self):
        return (
            (
                fields.Domain("state", "in", ("pending", "failed"))
                | fields.Domain("is_changed", "=", True)
            )
            & fields.Domain("is_incomplete", "=", False)
            & self._next_attempt_domain()
        )

    @api.model
    def _next_attempt_domain(self):
        now = fields.Datetime.now()
        return fields.Domain("next_attempt", "=", False) | fields.Domain(
            "next_attempt", "<=", now
        )

    def _hold(self, error):
        """Leave this order to a person, who reads why.

        An imported order stays imported: its sale orders did not follow a change.
        """
        self.write(
            {
                "state": self.state if self.state == "imported" else "held",
                "error": str(error),
                "amount_difference": getattr(error, "difference", 0),
                "next_attempt": False,
                "is_changed": False,
            }
        )
        self._tell_person(str(error))

    def _fail(self, error):
        """Try again later, each time later, and at last leave it to a person."""
        attempts = self.attempts + 1
        if attempts >= MAX_ATTEMPTS:
            self.attempts = attempts
            self._hold(error)
            return
        imported = self.state == "imported"
        self.write(
            {
                "state": "imported" if imported else "failed",
                "is_changed": imported,
                "error": str(error),
                "attempts": attempts,
                "next_attempt": fields.Datetime.now()
                + min(FIRST_RETRY * 2 ** (attempts - 1), LAST_RETRY),
            }
        )

    @api.model
    def _drop_old_payloads(self):
        """Empty the payload of finished orders older than their store keeps them."""
        for backend in self.env["bigcommerce.backend"]._every():
            limit = fields.Datetime.now() - timedelta(
                days=backend.payload_retention_days
            )
            old = self.search(
                [
                    ("backend_id", "=", backend.id),
                    ("state", "in", ("imported", "ignored")),
                    ("is_changed", "=", False),
                    ("date_modified", "<", limit),
                    ("payload", "!=", False),
                ]
            )
            old.write({"payload": False})


def _digest(payload):
    text = json.dumps(payload, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _naive(moment):
    """Return an aware UTC datetime the way Odoo stores it."""
    return moment.replace(tzinfo=None) if moment else False
