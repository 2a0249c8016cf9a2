import hashlib
import json

from odoo import api, models

from ...client import ApiError, InvalidDocument, NotFound, parse_order


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
        found = [payload["id"] for payload in payloads]
        return self.search(
            [("backend_id", "=", backend.id), ("remote_id", "in", found)]
        ), missing

    def _read_again(self, client):
        """Read these orders from their store once more, with all their lines.

        :param client: of the store
        """
        # what was emptied is taken over again although it did not change
        self.filtered(lambda order: not order.payload).payload_digest = False
        payloads = [client.order(order.remote_id) for order in self]
        self._receive(self.backend_id, payloads, client.complete_order)

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
            values = self._prepare_complete_row(backend, payload, complete)
            values["payload_digest"] = digest
            if row:
                row._update(values)
                received += row
            else:
                new.append(values)
        received += self.create(new)
        for order in received.filtered("is_incomplete"):
            order._fail(order.error)
        return received

    def _prepare_complete_row(self, backend, payload, complete):
        """Return the row's values with all lines.

        Where the lines of one order cannot be read, that order waits for another
        try, and the others do not wait for it.

        :raise Unauthorized, RateLimited: which concern all orders
        """
        if not complete:
            return self._prepare_row(backend, payload)
        try:
            return self._prepare_row(backend, complete(payload))
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

    def _prepare_row(self, backend, payload):
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
            state, **changes, difference_accepted_by_id=False, amount_difference=0
        )


def _digest(payload):
    text = json.dumps(payload, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _naive(moment):
    """Return an aware UTC datetime the way Odoo stores it."""
    return moment.replace(tzinfo=None) if moment else False
