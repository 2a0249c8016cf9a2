from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools.constants import GC_UNLINK_LIMIT

from ...client import (
    ApiError,
    InvalidDocument,
    RateLimited,
    Unauthorized,
    parse_order,
)
from ..store.control_panel import open_in_control_panel
from ..sync.bigcommerce_retry_mixin import STORE_ERRORS
from .errors import OrderHeldError

# So many orders are tried while a person waits; more are for the scheduled action.
AT_ONCE = 50

# States in which an order is not done with.
OPEN = ("pending", "held", "failed")


class BigcommerceOrder(models.Model):
    """The inbox: an order as the store sent it, and what became of it."""

    _name = "bigcommerce.order"
    _inherit = ["bigcommerce.retry.mixin", "bigcommerce.followed.mixin"]
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
        help="The store that the order came from.",
    )
    company_id = fields.Many2one(related="backend_id.company_id", store=True)
    remote_id = fields.Integer(
        "Order",
        required=True,
        readonly=True,
        index=True,
        aggregator=None,
        help="The order's number in the store.",
    )
    status_id = fields.Integer(
        "BigCommerce Status",
        readonly=True,
        aggregator=None,
        help="The number of the store's status.",
    )
    status_mapping_id = fields.Many2one(
        "bigcommerce.status.mapping",
        "Store Status",
        compute="_compute_status_mapping_id",
        help="The store's status of this order, and what it means here.",
    )
    is_archived = fields.Boolean(
        "Archived in the Store",
        readonly=True,
        help="The store deleted or archived the order.",
    )
    payload = fields.Json(
        readonly=True,
        prefetch=False,
        help="The order as the store sent it.",
    )
    payload_digest = fields.Char(
        readonly=True,
        help="Tells whether the store changed the order.",
    )
    date_created = fields.Datetime(
        "Ordered",
        readonly=True,
        help="When the shopper ordered.",
    )
    date_modified = fields.Datetime(
        "Changed",
        readonly=True,
        help="When the store changed the order last.",
    )
    customer_name = fields.Char(
        "Customer",
        readonly=True,
        help="Who ordered, as the store says.",
    )
    payment_method = fields.Char(
        readonly=True,
        help="How it was paid, in the store's words.",
    )
    payment_status = fields.Char(
        readonly=True,
        help="What the store says of the payment.",
    )
    customer_message = fields.Text(
        readonly=True,
        help="What the shopper wrote with the order.",
    )
    staff_notes = fields.Text(
        readonly=True,
        help="What the store's staff noted; the shopper does not see it.",
    )
    amount_total = fields.Monetary(
        "Charged",
        readonly=True,
        help="What the shopper was charged, with tax.",
    )
    units_refunded = fields.Integer(
        readonly=True,
        aggregator=None,
        help="Units that the store paid back.",
    )
    currency_id = fields.Many2one(
        "res.currency",
        readonly=True,
        help="What the shopper paid in.",
    )

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
        help="Waiting: it is imported with the next run. Held: it needs a person. "
        "Failed: it is tried again. Ignored: its status is not imported.",
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
    sale_order_ids = fields.One2many(
        "sale.order",
        "bigcommerce_order_id",
        help="What the order became: a sale order for each delivery address.",
    )
    sale_order_count = fields.Integer(
        compute="_compute_sale_order_count",
        help="Sale orders that the order became.",
    )

    # an error that concerns one order's lines stops no other order
    _errors_of_store = (Unauthorized, RateLimited)
    _errors_for_person = (OrderHeldError, InvalidDocument)

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
        self._check_user()
        self._as_system()._retry_status()
        waiting = self._as_system().filtered(
            lambda order: order.state != "imported" or order.error or order.is_changed
        )
        waiting.filtered(lambda order: order.state == "imported").is_changed = True
        waiting._try_soon()
        waiting.attempts = 0
        if len(waiting) > AT_ONCE:
            self.env.ref("connector_bigcommerce.cron_import_orders")._trigger()
            return self.env["bigcommerce.backend"]._notify(
                self.env._("Orders"),
                self.env._("%s orders are tried again in a moment.", len(waiting)),
            )
        for backend, orders in waiting.grouped("backend_id").items():
            orders = orders.with_env(backend._in_company().env)
            orders.filtered("is_incomplete")._ask_store("_read_again")
            orders._process()
            undecided = orders.filtered("needs_tax_lines")
            undecided._ask_store("_read_tax_lines")
            undecided._process()
        return True

    def _ask_store(self, method):
        """Read something of each order from the store, for a person who waits.

        What is wrong with one order is that order's own.

        :param str method: of one order, that takes the client
        :raise UserError: when the store cannot be reached, in words
        """
        client = self.backend_id._client() if self else None
        for order in self:
            try:
                with self.env.cr.savepoint():
                    getattr(order, method)(client)
            except STORE_ERRORS as error:
                raise UserError(str(error)) from error
            except ApiError as error:
                order._note_failure(error)

    def action_refetch(self):
        """Read these orders from the store once more, and import them."""
        self._check_user()
        for backend, orders in self._as_system().grouped("backend_id").items():
            orders.with_env(backend._in_company().env)._ask_store("_read_again")
        return self.action_retry()

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
        path = f"/manage/orders/{self.remote_id}"
        return open_in_control_panel(self.backend_id, path)

    @api.model
    def _due_domain(self):
        """Override of `_due_domain` to add imported orders that the store changed."""
        changed = Domain("is_changed", "=", True) & self._reached_domain()
        return (super()._due_domain() | changed) & Domain("is_incomplete", "=", False)

    def _set_state(self, state, **values):
        """Override of `_set_state` to leave an imported order imported.

        What is open or fails afterwards is that it follows the store.
        """
        imported = self.filtered(lambda order: order.state == "imported")
        if not imported or state not in OPEN:
            return super()._set_state(state, **values)
        super(BigcommerceOrder, imported)._set_state("imported", **values)
        return super(BigcommerceOrder, self - imported)._set_state(state, **values)

    def _fail(self, error):
        """Override of `_fail` to have an imported order follow the store later."""
        if self.state == "imported":
            self.is_changed = True
        return super()._fail(error)

    def _leave_to_person(self, error):
        """Override of `_leave_to_person` to hold the order, and tell the salesperson.

        An imported order stays imported: its sale orders did not follow a change.
        """
        self._set_state(
            "held",
            error=str(error),
            amount_difference=getattr(error, "difference", 0),
            next_attempt=False,
            is_changed=False,
        )
        self._message_person(str(error))

    def _message_person(self, message):
        """Have the salesperson of the sale orders look at them."""
        self._get_live_sale_orders()._bigcommerce_message_person(message)

    def _get_live_sale_orders(self):
        return self.sale_order_ids.filtered(lambda sale: sale.state != "cancel")

    def _get_document(self):
        """Return the order as a typed document (client/documents.py).

        :raise OrderHeldError: when what the store sent is no longer kept
        :raise InvalidDocument: when it cannot be read
        """
        self.ensure_one()
        if not self.payload:
            raise OrderHeldError(
                self.env._("What the store sent is no longer kept: use Fetch Again.")
            )
        return parse_order(self.payload)

    @api.autovacuum
    def _gc_old_payloads(self):
        """Empty the payload of finished orders older than their store keeps them.

        :return: (int, int) payloads emptied, stores with more of them
        """
        emptied = unfinished = 0
        backends = self.env["bigcommerce.backend"].with_context(active_test=False)
        for backend in backends.search([("payload_retention_days", ">=", 0)]):
            days = backend.payload_retention_days
            old = self.search(
                [
                    ("backend_id", "=", backend.id),
                    ("state", "in", ("imported", "ignored")),
                    ("is_changed", "=", False),
                    ("date_modified", "<", fields.Datetime.now() - timedelta(days)),
                    ("payload", "!=", False),
                ],
                limit=GC_UNLINK_LIMIT,
            )
            old.payload = False
            emptied += len(old)
            unfinished += len(old) == GC_UNLINK_LIMIT
        return emptied, unfinished
