from datetime import datetime, timedelta, timezone

from odoo import fields, models
from odoo.exceptions import UserError

from ...client import ApiError, NotFound, RateLimited, Unauthorized, parse_moment

# Read once more what changed shortly before the last run: clocks differ, and an
# order may become visible a little after the time it carries.
OVERLAP = timedelta(minutes=30)


class BigcommerceBackend(models.Model):
    """Orders in: fetch into the inbox, then make sale orders of what is due."""

    _inherit = "bigcommerce.backend"

    last_order_sync = fields.Datetime(
        "Last Order Sync Date",
        copy=False,
        help="Orders that the store changed since then (UTC) are fetched next. "
        "Empty: all orders.",
    )
    order_fetch_start = fields.Datetime(readonly=True, copy=False)
    order_fetch_last_id = fields.Integer(readonly=True, copy=False)
    fetch_back_from = fields.Datetime(readonly=True, copy=False)
    fetch_back_to = fields.Datetime(readonly=True, copy=False)
    fetch_back_last_id = fields.Integer(readonly=True, copy=False)
    payload_retention_days = fields.Integer(
        "Keep Order Payloads (days)",
        default=90,
        help="Orders stay in the inbox; what the store sent is emptied after this "
        "many days.",
    )
    unknown_product_policy = fields.Selection(
        [
            ("hold", "Hold the order"),
            ("generic", "Use the fallback product"),
            ("create", "Create the product"),
        ],
        string="When a Product Is Unknown",
        default="hold",
        required=True,
    )
    fallback_product_id = fields.Many2one(
        "product.product",
        check_company=True,
        help="Stands for custom items, and for unknown products where so wished.",
    )
    guest_matching = fields.Selection(
        [("email", "By e-mail address"), ("never", "Never: a new contact each time")],
        default="email",
        required=True,
    )
    rounding_tolerance = fields.Float(
        default=0.05,
        digits=(16, 4),
        help="Up to this difference between the store's total and Odoo's goes on a "
        "labelled rounding line. Beyond it the order is held.",
    )
    warehouse_id = fields.Many2one("stock.warehouse", check_company=True)
    order_prefix = fields.Char(
        help="The sale order is named by this and the store's order number. Empty: "
        "by Odoo's own sequence."
    )
    team_id = fields.Many2one("crm.team", "Sales Team", check_company=True)
    user_id = fields.Many2one("res.users", "Salesperson", check_company=True)
    tag_ids = fields.Many2many("crm.tag", string="Tags")
    order_ids = fields.One2many("bigcommerce.order", "backend_id")

    def _import_orders_work(self, client, run):
        """Fetch what is new, make sale orders of all that is due, tell statuses."""
        if not (self._fetch_orders(client, run) and self._fetch_back(client, run)):
            return False
        orders = self.env["bigcommerce.order"]
        self._complete_orders(client, run)
        due = orders._due_domain()
        orders = orders.search(
            due & fields.Domain("backend_id", "=", self.id), order="remote_id"
        )
        self._create_ordered_products(client, run, orders)
        if not (orders._run_batches(run) and self._tell_statuses(client, run)):
            return False
        if self.auth_method == "token":
            self._fetch_refunds(client, run)
        return True

    def _fetch_orders(self, client, run):
        """Put new and changed orders into the inbox, page by page.

        Each page is committed together with the place that was reached, so that a
        broken-off fetch goes on from there. The watermark moves at the end, to the
        time at which the fetch began by the slower of both clocks.

        :return bool: False when it ran out of time
        :raise UserError: while no status is mapped
        """
        self._check_statuses_mapped()
        self.order_fetch_start = self.order_fetch_start or fields.Datetime.now()
        period = {}
        if self.last_order_sync:
            period["min_date_modified"] = _aware(self.last_order_sync - OVERLAP)
        if not self._fetch_pages(client, run, "order_fetch_last_id", period):
            return False
        behind = min((client.server_time or _now()) - _now(), timedelta(0))
        self.write(
            {
                "last_order_sync": self.order_fetch_start + behind,
                "order_fetch_start": False,
                "order_fetch_last_id": 0,
            }
        )
        run._commit()
        return True

    def _fetch_back(self, client, run):
        """Put the orders of the period that a person asked for into the inbox.

        :return bool: False when it ran out of time; it goes on with the next run
        """
        if not self.fetch_back_from:
            return True
        period = {"min_date_created": _aware(self.fetch_back_from)}
        if self.fetch_back_to:
            period["max_date_created"] = _aware(self.fetch_back_to)
        if not self._fetch_pages(client, run, "fetch_back_last_id", period):
            return False
        self.write(
            {"fetch_back_from": False, "fetch_back_to": False, "fetch_back_last_id": 0}
        )
        run._commit()
        return True

    def _fetch_pages(self, client, run, place, period):
        """Put the orders of a period into the inbox, from the place reached before.

        :param str place: the field that holds the last order number that came in
        :param dict period: date filters of GET /v2/orders, aware datetimes
        :return bool: False when it ran out of time
        """
        ignored = 0
        for page in client.order_pages(min_id=self[place] + 1, **period):
            wanted = [row for row in page if _is_in(row, period)]
            ignored += len(page) - len(wanted)
            self.env["bigcommerce.order"]._receive(self, wanted, client.complete_order)
            self[place] = page[-1]["id"]
            if not run._commit():
                return False
        if ignored:
            run._note(
                self.env._(
                    "The store ignored the date filter: %(count)s other orders left "
                    "out.",
                    count=ignored,
                )
            )
        return True

    def _complete_orders(self, client, run):
        """Read the orders again whose lines could not be read before."""
        orders = self.env["bigcommerce.order"]
        for order in orders.search(
            orders._next_attempt_domain()
            & fields.Domain("is_incomplete", "=", True)
            & fields.Domain("state", "!=", "held")
            & fields.Domain("backend_id", "=", self.id)
        ):
            try:
                order._read_again(client)
            except (Unauthorized, RateLimited):
                raise
            except ApiError as error:
                order._fail(error)
            run._commit()

    def _create_ordered_products(self, client, run, orders):
        """Create the products that orders wait for, where the store wants that.

        With all that the store knows of them; what is not among the listings here is
        made from the order's line when it is imported.
        """
        if self.unknown_product_policy != "create":
            return
        ids = {unit[0] for order in orders for unit in order.sold_units or ()}
        listings = self.env["bigcommerce.product"].search(
            [
                ("backend_id", "=", self.id),
                ("remote_id", "in", list(ids)),
                ("variant_ids.link_issue", "=", "unknown"),
            ]
        )
        if not listings:
            return
        self._link_variants()
        try:
            listings._create_products(client)
        except (Unauthorized, RateLimited):
            raise
        except ApiError as error:
            run._note(str(error))

    def _fetch_numbers(self, client, numbers):
        """Put single orders into the inbox.

        :param numbers: order numbers of the store
        :return: (their inbox rows, list of the numbers that the store does not know)
        """
        self._check_statuses_mapped()
        payloads, missing = [], []
        for number in numbers:
            try:
                payloads.append(client.order(number))
            except NotFound:
                missing.append(number)
        orders = self.env["bigcommerce.order"]
        orders._receive(self, payloads, client.complete_order)
        found = [payload["id"] for payload in payloads]
        return orders.search(
            [("backend_id", "=", self.id), ("remote_id", "in", found)]
        ), missing

    def _sale_tax(self, rate):
        """Return the company's sale tax of a percentage, the way prices are given."""
        taxes = self.env["account.tax"].search(
            [
                *self.env["account.tax"]._check_company_domain(self.company_id),
                ("type_tax_use", "=", "sale"),
                ("amount_type", "=", "percent"),
                ("amount", "=", rate),
            ]
        )
        return taxes.filtered(lambda tax: tax.price_include == self.prices_include_tax)[
            :1
        ]

    def _check_statuses_mapped(self):
        if not self.status_mapping_ids:
            raise UserError(
                self.env._(
                    "No order status of %(store)s is mapped, so nothing is imported. "
                    "Use Fetch Settings on the store and look at the order statuses.",
                    store=self.name,
                )
            )


def _is_in(payload, period):
    """Tell whether an order is of the period that was asked for.

    A server has been seen to ignore the date filter and to send all orders
    (bigcommerce-api.md section 3). An order without a readable date is taken.
    """
    for name, limit in period.items():
        side, field = name.split("_", 1)
        try:
            moment = parse_moment(payload.get(field) or "")
        except ValueError:
            continue
        if moment < limit if side == "min" else moment > limit:
            return False
    return True


def _aware(moment):
    """Return a time of Odoo, which is in UTC, as an aware datetime."""
    return moment.replace(tzinfo=timezone.utc)


def _now():
    return datetime.now(timezone.utc)
