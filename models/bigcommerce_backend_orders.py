from datetime import timedelta, timezone

from odoo import fields, models
from odoo.exceptions import UserError

from ..client import parse_moment

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
        if not self._fetch_orders(client, run):
            return False
        due = self.env["bigcommerce.order"]._due_domain()
        orders = self.env["bigcommerce.order"].search(
            due & fields.Domain("backend_id", "=", self.id), order="remote_id"
        )
        if not (orders._run_batches(run) and self._tell_statuses(client, run)):
            return False
        if self.auth_method == "token":
            self._fetch_refunds(client, run)
        return True

    def _fetch_orders(self, client, run):
        """Put new and changed orders into the inbox, page by page.

        Each page is committed together with the place that was reached, so that a
        broken-off fetch goes on from there. The watermark moves at the end, to the
        time at which the fetch began.

        :return bool: False when it ran out of time
        :raise UserError: while no status is mapped
        """
        self._check_statuses_mapped()
        started = self.order_fetch_start or fields.Datetime.now()
        filters, ignored = {"min_id": self.order_fetch_last_id + 1}, 0
        if self.last_order_sync:
            since = (self.last_order_sync - OVERLAP).replace(tzinfo=timezone.utc)
            filters["min_date_modified"] = since
        for page in client.order_pages(**filters):
            wanted = [row for row in page if _is_since(row, filters)]
            ignored += len(page) - len(wanted)
            self.env["bigcommerce.order"]._receive(self, wanted, client.complete_order)
            self.write(
                {
                    "order_fetch_start": started,
                    "order_fetch_last_id": page[-1]["id"],
                }
            )
            if not run._commit():
                return False
        if ignored:
            run._note(
                self.env._(
                    "The store ignored the date filter: %(count)s older orders left "
                    "out.",
                    count=ignored,
                )
            )
        self.write(
            {
                "last_order_sync": started,
                "order_fetch_start": False,
                "order_fetch_last_id": 0,
            }
        )
        run._commit()
        return True

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


def _is_since(payload, filters):
    """Tell whether an order is one that was asked for.

    A server has been seen to ignore the date filter and to send all orders
    (bigcommerce-api.md section 3). An order without a readable date is taken.
    """
    since = filters.get("min_date_modified")
    changed = payload.get("date_modified")
    try:
        return not (since and changed) or parse_moment(changed) >= since
    except ValueError:
        return True
