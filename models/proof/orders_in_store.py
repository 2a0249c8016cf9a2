"""What a store's list says of its orders, without a call for each.

Reads records and writes none.
"""

from datetime import timezone

from ...client import InvalidDocument, id_of, parse_header
from ...const import CANCELLED, COMPLETED, DECLINED, REFUNDED, SHIPPED
from ...rules.proof import InStore
from ..accounting.bigcommerce_order import is_given_back
from .orders_in_odoo import money


class OrdersInStore:
    """Reads the rows of GET /v2/orders as a store's mappings mean them."""

    def __init__(self, backend, calendar, note):
        """
        :param backend: the store
        :param StoreDays calendar: of the store
        :param note: function that is told of what cannot be read
        """
        self._backend, self._calendar, self._note = backend, calendar, note
        self._statuses = backend.status_mapping_ids.grouped("status_id")
        self._currencies = {}

    def describe(self, page, days):
        """Return {order number: rules.proof.InStore} of the orders of some days.

        The store may ignore a date filter (fact F20).

        :param list page: rows as they came
        :param list days: dates
        """
        found = {}
        for row in filter(id_of, page):
            try:
                order = self._from_header(parse_header(row))
            except InvalidDocument as error:
                self._note(str(error))
                continue
            if order.day in days:
                found[order.number] = order
        return found

    def list_filter(self, days):
        """Return the filters of GET /v2/orders for days that follow one another."""
        low, high = self._calendar.bounds(days[0], days[-1])
        return {
            "min_date_created": low.replace(tzinfo=timezone.utc),
            "max_date_created": high.replace(tzinfo=timezone.utc),
        }

    def currency(self, code):
        """Return the currency of an ISO code; the store's own where none is known."""
        if code not in self._currencies:
            backend = self._backend
            self._currencies[code] = (
                backend._get_currency(code)
                or backend.default_currency_id
                or backend.company_id.currency_id
            )
        return self._currencies[code]

    def _from_header(self, header):
        """
        :raise InvalidDocument: when it does not say which day it belongs to
        """
        if not header.date_created:
            raise InvalidDocument(f"order {header.id} has no date")
        currency = self.currency(header.currency_code)
        number = header.status_id
        status = self._statuses.get(number, self._backend.status_mapping_ids.browse())
        return InStore(
            number=header.id,
            day=self._calendar.day_of(header.date_created.replace(tzinfo=None)),
            currency=currency.name,
            total=money(header.total_inc_tax, currency),
            tax=money(header.total_tax, currency),
            items=header.items_total,
            shipped=header.items_shipped,
            status=status.display_name or "",
            is_void=number in (CANCELLED, DECLINED)
            or (status.update_action == "cancel" and number != REFUNDED),
            is_archived=header.is_deleted,
            is_left_out=status.import_action == "ignore",
            is_refunded=number == REFUNDED,
            has_refunds=is_given_back(number, header.payment_status),
            is_sent=number in (SHIPPED, COMPLETED),
            is_collected=header.address_count == 0 and not header.is_digital,
        )
