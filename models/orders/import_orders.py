from datetime import datetime, timedelta, timezone
from functools import partial

from odoo import fields
from odoo.fields import Domain
from odoo.tools import split_every

from ...client import Refused, id_of, parse_moment
from ..sync.bigcommerce_retry_mixin import STORE_ERRORS
from ..sync.direction import Direction
from .read_statuses import read_statuses

# Read once more what changed shortly before the last run: clocks differ, and an
# order may become visible a little after the time it carries.
OVERLAP = timedelta(minutes=30)
# Orders made into sale orders together; each batch is one commit.
BATCH = 50


class ImportOrders(Direction, kind="import_orders"):
    """Orders in: fetch into the inbox, then make sale orders of what is due."""

    def work(self):
        if not self._is_fetched():
            self.fetch_alone()
        self.fetch_back()
        self.complete()
        self.create_ordered_products()
        self.import_due()
        self.read_tax_lines()
        self.import_due()
        self.export_statuses()

    def fetch_alone(self):
        """Fetch, unless a push of stock is just doing it; what is here goes on."""
        with self.backend._exclusively("fetch_orders") as ours:
            if ours:
                self.fetch()

    def fetch(self):
        """Put new and changed orders into the inbox, page by page.

        Each page is committed together with the number that was reached, so that a
        broken-off fetch goes on from there. The watermark moves at the end, to the
        time at which the fetch began by the slower of both clocks.

        :raise UserError: while no status is mapped
        """
        backend = self.backend
        backend.status_mapping_ids._check_mapped(backend)
        backend.order_fetch_start = backend.order_fetch_start or fields.Datetime.now()
        began, since, period = backend.order_fetch_start, backend.last_order_sync, {}
        if backend.last_order_sync:
            period["min_date_modified"] = _aware(backend.last_order_sync - OVERLAP)
        self._fetch_pages("order_fetch_last_id", period)
        behind = min((self.client.server_time or _now()) - _now(), timedelta(0))
        # a person who set another date meanwhile wants that period
        is_wanted = backend.last_order_sync == since
        backend.write(
            {
                "last_order_sync": began + behind
                if is_wanted
                else backend.last_order_sync,
                "order_fetch_start": False,
                "order_fetch_last_id": 0,
            }
        )
        self.commit()

    def fetch_back(self):
        """Put the orders of the period that a person asked for into the inbox."""
        backend = self.backend
        if not backend.fetch_back_from:
            return
        period = {"min_date_created": _aware(backend.fetch_back_from)}
        if backend.fetch_back_to:
            period["max_date_created"] = _aware(backend.fetch_back_to)
        self._fetch_pages("fetch_back_last_id", period)
        backend.write(
            {"fetch_back_from": False, "fetch_back_to": False, "fetch_back_last_id": 0}
        )
        self.commit()

    def complete(self):
        """Read the orders again whose lines could not be read before."""
        for order in self._lacking("is_incomplete"):
            order._attempt(partial(order._read_again, self.client))
            self.commit()

    def create_ordered_products(self):
        """Create the products that orders wait for, where the store wants that.

        With all that the store knows of them; what is not among the listings here is
        made from the order's line when it is imported. What is wrong with a listing
        is noted on it, and holds up its own orders.
        """
        unknown = self.env["bigcommerce.product"].search(
            [
                ("backend_id", "=", self.backend.id),
                ("variant_ids.link_issue", "=", "unknown"),
            ]
        )
        if self.backend.unknown_product_policy != "create" or not unknown:
            return
        ordered = {
            line.product_id
            for reading in self._due()._read().values()
            for line in reading.document.lines
        }
        listings = unknown.filtered(lambda listing: listing.remote_id in ordered)
        listings.variant_ids._link_unlinked()
        listings._create_products(self.client)

    def import_due(self):
        """Make sale orders of all that is due, batch by batch."""
        orders = self._due()
        for ids in split_every(BATCH, orders.ids):
            self.commit(*orders.browse(ids)._process())

    def read_tax_lines(self):
        """Read the tax lines of orders whose amounts do not say what tax they bear."""
        for order in self._lacking("needs_tax_lines"):
            order._attempt(partial(order._read_tax_lines, self.client))
            self.commit()

    def export_statuses(self):
        """Set the mapped status of orders that were confirmed or cancelled here."""
        if not self.backend.is_live:
            return
        orders = self.env["bigcommerce.order"].search(
            [
                ("backend_id", "=", self.backend.id),
                ("status_event", "!=", False),
                ("status_error", "=", False),
            ]
        )
        # the goods may be on their way by now
        current = read_statuses(self.client, orders.mapped("remote_id"))
        for order in orders:
            self._export_status(order, current.get(order.remote_id))
            self.commit()

    def _export_status(self, order, current):
        """Set the status of one order in the store.

        :param current: the store's status now; None when the order is gone
        """
        event, statuses = order.status_event, self.backend.status_mapping_ids
        wanted = statuses._get_status_to_set(event, current)
        try:
            if wanted:
                self.client.set_order_status(order.remote_id, wanted.status_id)
        except STORE_ERRORS:
            raise
        except Refused as error:
            order._leave_status_to_person(error)
            return
        if event == "cancelled" and statuses._is_beyond(current, event):
            order._leave_status_to_person(
                self.env._("The store has shipped it, and it was cancelled here.")
            )
            return
        order.status_event = False

    def _is_fetched(self):
        """Tell whether a run that ran out of time has done all the fetching.

        Else a store whose pages take long would never let its orders be imported.
        """
        backend = self.backend
        return (
            self.run._get_previous().state == "unfinished"
            and not backend.order_fetch_start
            and bool(backend.last_order_sync)
            and backend.last_order_sync > fields.Datetime.now() - OVERLAP
        )

    def _lacking(self, what):
        """Return the orders of which something is to be read from the store first.

        :param str what: the flag that says so
        """
        orders = self.env["bigcommerce.order"]
        return orders.search(
            orders._reached_domain()
            & Domain(what, "=", True)
            & Domain("state", "!=", "held")
            & Domain("backend_id", "=", self.backend.id)
        )

    def _due(self):
        orders = self.env["bigcommerce.order"]
        return orders.search(
            orders._due_domain() & Domain("backend_id", "=", self.backend.id),
            order="remote_id",
        )

    def _fetch_pages(self, last_id_field, period):
        """Put the orders of a period into the inbox, from the number reached before.

        :param str last_id_field: holds the last order number that came in
        :param dict period: date filters of GET /v2/orders, aware datetimes
        """
        orders, left_out = self.env["bigcommerce.order"], 0
        first_id = self.backend[last_id_field] + 1
        for page in self.client.order_pages(min_id=first_id, **period):
            wanted = [row for row in page if _is_in(row, period)]
            left_out += len(page) - len(wanted)
            orders._receive(
                self.backend, wanted, self.client.complete_order, self.run._note
            )
            numbers = filter(None, map(id_of, page))
            self.backend[last_id_field] = max(numbers, default=0)
            self.commit()
        if left_out:
            self.run._note(
                self.env._(
                    "The store ignored the date filter: %(count)s other orders left "
                    "out.",
                    count=left_out,
                )
            )


def _is_in(payload, period):
    """Tell whether an order is of the period that was asked for.

    A server has been seen to ignore the date filter and to send all orders
    (fact F20). An order without a readable date is taken.
    """
    for name, limit in period.items():
        side, field = name.split("_", 1)
        try:
            moment = parse_moment(payload.get(field) or "")
        except (AttributeError, OverflowError, TypeError, ValueError):
            continue
        if moment < limit if side == "min" else moment > limit:
            return False
    return True


def _aware(moment):
    """Return a time of Odoo, which is in UTC, as an aware datetime."""
    return moment.replace(tzinfo=timezone.utc)


def _now():
    return datetime.now(timezone.utc)
