import copy
from datetime import date, datetime

from odoo import fields
from odoo.tools import split_every

from ...client import id_of
from ...client.limits import ID_BATCH, V2_PAGE
from ...rules import proof as rules
from ...rules.days import first_stretch
from ..sync.direction import Direction
from .bigcommerce_proof_line import REFUND_CAUSES
from .changed_days import OVERLAP, calendar_of, changed_days
from .day_sums import DaySums
from .orders_in_odoo import OrdersInOdoo
from .orders_in_store import OrdersInStore
from .prepare_line import prepare_line
from .prove_refunds import ProveRefunds

# Days that are listed together.
LONGEST_STRETCH = 31


class ProveOrders(Direction, kind="prove"):
    """The orders of the days that changed, listed by the store and here.

    One call lists 250 orders. After each the cursor is committed: the days that are
    left, the number that was reached, the sums so far, the orders whose refunds are
    still to be read. Differences are written at once, the sums at the end of their
    days.
    """

    def __init__(self, *args):
        """Override of `__init__` to know the store's calendar and what is left."""
        super().__init__(*args)
        self.calendar = calendar_of(self.backend)
        self.store = OrdersInStore(self.backend, self.calendar, self.run._note)
        self.refunds = self.part(ProveRefunds)
        self.cursor = copy.deepcopy(self.backend.proof_cursor)
        self.found = {"equal": 0, "different": 0}

    def work(self):
        """Finish what was left, then compare what changed.

        What was left is enough where it was begun just now.
        """
        left = self.cursor
        if left:
            self.compare_days()
        if not left or self.backend.proof_days_due or _is_late(left["start"]):
            self.choose_days()
            self.compare_days()
        self.run._note(
            self.env._(
                "Days compared: %(equal)s equal, %(different)s different.", **self.found
            )
        )

    def choose_days(self):
        """Begin with the days that changed, and those that a person asked for."""
        now, asked = fields.Datetime.now(), self.backend.proof_days_due or ()
        changed = [day.isoformat() for day in changed_days(self.backend, now)]
        self.cursor = {"start": now.isoformat(), "days": sorted({*changed, *asked})}
        self.reset()
        self.backend.proof_days_due = False
        self.save()

    def compare_days(self):
        """Compare the days that are left, those together that follow one another."""
        while self.cursor["days"]:
            days = [date.fromisoformat(day) for day in self.cursor["days"]]
            self.compare_stretch(first_stretch(days, LONGEST_STRETCH))
        start = datetime.fromisoformat(self.cursor["start"])
        self.backend.write({"proved_at": start, "proof_cursor": False})
        self.commit()

    def compare_stretch(self, days):
        """Compare some days that follow one another, page by page.

        :param list days: dates
        """
        headers = self.client.order_headers(
            min_id=self.cursor["last_id"] + 1, **self.store.list_filter(days)
        )
        for page in split_every(V2_PAGE, headers, list):
            last_id = max(filter(None, map(id_of, page)), default=0)
            if last_id:
                self.compare_page(page, days, last_id)
                self.refunds.compare(self.cursor, smallest=ID_BATCH)
                self.cursor["last_id"] = last_id
                self.save(done=len(page))
        self.compare_page([], days)
        self.refunds.compare(self.cursor)
        self.conclude(days)

    def compare_page(self, page, days, last_id=None):
        """Compare the orders of a page, and what is here of the numbers up to it.

        :param list page: orders as the store lists them
        :param last_id: the highest number; None when there is no further page
        """
        pairs = self._pair(page, days, self._numbers("remote_id", last_id))
        sums = DaySums(self.env, self.cursor["sums"])
        keys = [key for _number, key, _store, _odoo in pairs]
        proofs = self.env["bigcommerce.proof"]._ensure(self.backend, keys)
        rows = []
        for number, key, store, odoo in pairs:
            sums.add_order(key, store, odoo)
            status = store.status if store else ""
            rows += [
                prepare_line(proofs[key], number, odoo.record, found, status=status)
                for found in rules.compare(store, odoo)
            ]
            if rules.has_refunds(store, odoo):
                self.cursor["refunds"][str(number)] = sums.text_of(key)
        lines = self.env["bigcommerce.proof.line"]
        lines._replace(self._get_outdated(days, last_id), rows)

    def conclude(self, days):
        """Write both sides' sums of some days that are done."""
        sums = DaySums(self.env, self.cursor["sums"]).by_day()
        proofs = self.env["bigcommerce.proof"]
        of_days = [("backend_id", "=", self.backend.id), ("date", "in", days)]
        proofs._ensure(self.backend, sums)
        done = proofs.search(of_days)
        done._conclude(sums, self.calendar)
        for state in done.mapped("state"):
            self.found[state] += 1
        self.cursor["days"] = self.cursor["days"][len(days) :]
        self.reset()
        self.save()

    def reset(self):
        """Begin with the first order of the next days."""
        self.cursor.update(last_id=0, sums={}, refunds={})

    def save(self, done=0):
        """Commit how far the comparison has come."""
        self.backend.proof_cursor = copy.deepcopy(self.cursor)
        self.commit(done)

    def _pair(self, page, days, numbers):
        """Return [(number, (date, currency), InStore or None, InOdoo)].

        :param list numbers: domain of the order numbers that the page covers
        """
        stores = self.store.describe(page, days)
        of_store = [("backend_id", "=", self.backend.id)]
        low, high = self.calendar.bounds(days[0], days[-1])
        placed = [("date_created", ">=", low), ("date_created", "<=", high)]
        listed = [("remote_id", "not in", list(map(id_of, page)))]
        orders = self.env["bigcommerce.order"]
        known = orders.search([*of_store, ("remote_id", "in", list(stores))])
        alone = orders.search([*of_store, *placed, *numbers, *listed])
        odoo, rows = OrdersInOdoo(known | alone), known.grouped("remote_id")
        pairs = []
        for number, store in stores.items():
            key = store.day, self.store.currency(store.currency)
            pairs.append((number, key, store, odoo.describe(rows.get(number, orders))))
        for row in alone:
            key = self.calendar.day_of(row.date_created), row.currency_id
            pairs.append((row.remote_id, key, None, odoo.describe(row)))
        return [pair for pair in pairs if pair[2] or pair[3].sold]

    def _numbers(self, name, last_id):
        """Return the domain of the numbers from the cursor to the end of a page."""
        numbers = [(name, ">", self.cursor["last_id"])]
        return [*numbers, (name, "<=", last_id)] if last_id else numbers

    def _get_outdated(self, days, last_id):
        """Return the lines that were found before of the numbers that a page covers.

        Those of refunds that are still to be read are left to that.
        """
        asked = [int(number) for number in self.cursor["refunds"]]
        return self.env["bigcommerce.proof.line"].search(
            [
                ("backend_id", "=", self.backend.id),
                ("date", "in", days),
                *self._numbers("order_number", last_id),
                "|",
                ("cause", "not in", REFUND_CAUSES),
                ("order_number", "not in", asked),
            ]
        )


def _is_late(begun):
    """Tell whether a proof that begun at a moment knows too little of today."""
    return datetime.fromisoformat(begun) < fields.Datetime.now() - OVERLAP
