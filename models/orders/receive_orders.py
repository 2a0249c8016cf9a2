import hashlib
import json
import logging
from functools import partial

from odoo import api, models

from ...client import (
    ApiError,
    InvalidDocument,
    NotFound,
    brief,
    id_of,
    parse_order,
    readable_id,
    storable,
)
from ..sync.bigcommerce_retry_mixin import CONCURRENCY_ERRORS

_logger = logging.getLogger(__name__)


class BigcommerceOrder(models.Model):
    """From the store into the inbox, whatever the store sends."""

    _inherit = "bigcommerce.order"

    @api.model
    def _fetch_numbers(self, backend, numbers):
        """Put single orders of a store into the inbox.

        :param backend: the store
        :param numbers: its order numbers
        :return: (their rows, list of the numbers that the store does not know)
        """
        client, payloads, missing = backend._client(), [], []
        for number in numbers:
            try:
                payloads.append(client.order(number))
            except NotFound:
                missing.append(number)
        self._receive(backend, payloads, client.complete_order)
        found = [id_of(payload) for payload in payloads]
        return self.search(
            [("backend_id", "=", backend.id), ("remote_id", "in", found)]
        ), missing

    def _read_again(self, client):
        """Read these orders from their store once more, with all their lines.

        :param client: of the store
        """
        # these are taken over again although the order's header did not change: what
        # was emptied, and what is no sale order yet (its lines may have come spoilt)
        self.filtered(
            lambda order: not order.payload or order.state != "imported"
        ).payload_digest = False
        payloads = [client.order(order.remote_id) for order in self]
        self._receive(self.backend_id, payloads, client.complete_order)

    @api.model
    def _receive(self, backend, payloads, complete=None, note=_logger.warning):
        """Put orders into the inbox; an order that did not change costs no write.

        What is wrong with one order is that order's own: it is held with the reason, or
        set aside where it cannot be told from others.

        :param backend: the store
        :param list payloads: orders as GET /v2/orders lists them, whatever they hold
        :param complete: function payload -> payload with all lines, called for new
            and changed orders only (it may need further calls)
        :param note: function that is told of what was set aside
        :return: the rows that are new or changed
        """
        rows = self._by_number(payloads, note)
        known = self.search(
            [("backend_id", "=", backend.id), ("remote_id", "in", list(rows))]
        ).grouped("remote_id")
        new, received = [], self.browse()
        for number, payload in rows.items():
            row, digest = known.get(number), _digest(payload)
            if row and row.payload_digest == digest and not row.is_incomplete:
                continue
            values = self._prepare_complete_row(backend, payload, complete)
            values["payload_digest"] = digest
            if row:
                row._alone(partial(row._update, values))
                received += row
            else:
                new.append(values)
        received += self._create_each(new)
        for order in received.filtered("is_incomplete"):
            order._fail(order.error)
        return received

    def _by_number(self, payloads, note):
        """Return {order number: payload}; the last one where a number comes twice."""
        rows = {}
        for payload in payloads:
            number = id_of(payload)
            if number:
                rows[number] = storable({**payload, "id": number})
            else:
                note(
                    self.env._(
                        "An order without a readable number was set aside: %(order)s",
                        order=brief(payload),
                    )
                )
        return rows

    def _create_each(self, values_list):
        """Create rows at once, or one by one where the database refuses that."""
        # no mail about what the store sends
        inbox = self.with_context(tracking_disable=True)
        try:
            with self.env.cr.savepoint():
                return inbox.create(values_list).with_env(self.env)
        except CONCURRENCY_ERRORS:
            raise
        except Exception as error:
            _logger.info("orders are received one by one: %s", error)
        rows = self.browse()
        for values in values_list:
            try:
                with self.env.cr.savepoint():
                    rows += inbox.create(values).with_env(self.env)
            except CONCURRENCY_ERRORS:
                raise
            except Exception as error:
                _logger.warning("order %s is held", values["remote_id"], exc_info=error)
                held = inbox.create(self._prepare_held_row(values, error))
                rows += held.with_env(self.env)
        return rows

    def _alone(self, work):
        """Do the work for this row; where the database refuses it, the row is held."""
        try:
            with self.env.cr.savepoint():
                work()
                self.flush_recordset()
        except CONCURRENCY_ERRORS:
            raise
        except Exception as error:
            _logger.warning("%s is held", self.display_name, exc_info=error)
            self._leave_to_person(self._explain_unreadable(error))

    def _prepare_held_row(self, values, error):
        """Return what can be stored of a row that the database refused."""
        kept = ("backend_id", "remote_id", "payload", "payload_digest")
        return {
            **{name: values[name] for name in kept},
            "state": "held",
            "error": self._explain_unreadable(error),
        }

    def _explain_unreadable(self, error):
        return self.env._(
            "This order cannot be read as the store sent it: %(reason)s",
            reason=storable(str(error)),
        )

    def _prepare_complete_row(self, backend, payload, complete):
        """Return the row's values with all lines.

        Where the lines of one order cannot be read, that order waits for another
        try, and the others do not wait for it.

        :raise Unauthorized, RateLimited: which concern all orders
        """
        if not complete:
            return self._prepare_row(backend, payload)
        try:
            return self._prepare_row(backend, storable(complete(payload)))
        except self._errors_of_store:
            raise
        except ApiError as error:
            return {
                **self._prepare_row(backend, payload),
                "is_incomplete": True,
                "error": self.env._(
                    "The lines of this order could not be read: %(reason)s",
                    reason=error,
                ),
            }
        except (InvalidDocument, LookupError, TypeError, ValueError) as error:
            return {
                **self._prepare_row(backend, payload),
                "state": "held",
                "error": self._explain_unreadable(error),
            }

    def _prepare_row(self, backend, payload):
        """Return the row's values; a payload that cannot be read is held."""
        values = {
            "backend_id": backend.id,
            "remote_id": payload["id"],
            "payload": payload,
            "status_id": readable_id(payload.get("status_id")) or 0,
            "is_incomplete": False,
            "state": "pending",
            "error": False,
            "attempts": 0,
            "next_attempt": False,
        }
        try:
            document = parse_order(payload)
        except InvalidDocument as error:
            return {**values, "state": "held", "error": self._explain_unreadable(error)}
        return {**values, **self._prepare_document_values(backend, document)}

    def _prepare_document_values(self, backend, document):
        """Return what a row shows of its order.

        :param backend: the store
        :param document: client.documents.Order
        """
        currency = backend._get_currency(document.currency_code)
        return {
            "is_archived": document.is_deleted,
            "date_created": _naive(document.date_created),
            "date_modified": _naive(document.date_modified),
            "customer_name": document.billing_address.name,
            "payment_method": document.payment_method,
            "payment_status": document.payment_status,
            "customer_message": document.customer_message,
            "staff_notes": document.staff_notes,
            "amount_total": float(document.total_inc_tax),
            "units_refunded": sum(line.quantity_refunded for line in document.lines),
            "currency_id": (currency or backend.default_currency_id).id,
        }

    def _update(self, values):
        """Take over what the store changed."""
        state, changes = values["state"], {**values}
        del changes["state"]
        if self.state == "imported":
            changes["is_changed"] = state == "pending"
        if self.is_incomplete and values["is_incomplete"]:
            changes["attempts"] = self.attempts
        self._set_state(
            state,
            **changes,
            amount_difference=0,
            status_error=False,
        )


def _digest(payload):
    text = json.dumps(payload, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _naive(moment):
    """Return an aware UTC datetime the way Odoo stores it."""
    return moment.replace(tzinfo=None) if moment else False
