import logging
from functools import partial
from typing import Any, NamedTuple

from odoo import models

from ....rules.contents import order_contents
from ...sync.bigcommerce_retry_mixin import CONCURRENCY_ERRORS
from ..errors import OrderHeldError
from .choose_product import OrderProducts

_logger = logging.getLogger(__name__)


class Reading(NamedTuple):
    """An order as it was read for a batch.

    document: client.documents.Order
    consignments: list of rules.charges.ConsignmentCharges
    """

    document: Any
    consignments: list


class BigcommerceOrder(models.Model):
    """From the inbox to sale orders. No network here."""

    _inherit = "bigcommerce.order"

    def _process(self):
        """Import these orders of one store, or carry their changes over.

        Each order is its own success or failure: nothing is raised for one.

        :return: (int, int) the number of orders that went well, and that did not
        """
        orders = self._lock_due()
        imported = orders.filtered(lambda order: order.state == "imported")
        cancelled = imported.filtered(
            lambda order: order.status_mapping_id.update_action == "cancel"
        )
        for order in cancelled:
            order._attempt(order._follow_cancellation)
        new, followers = (orders - imported)._decide(), imported - cancelled
        readings = (followers | new)._read()
        self._await_tax_lines(readings)
        self._create_missing_mappings(readings)
        new = self.browse()
        for order, reading in readings.items():
            if order.state == "imported":
                order._attempt(partial(order._carry_changes_over, reading))
            else:
                new += order
        new._import(readings)
        failed = orders.filtered("error")
        return len(orders) - len(failed), len(failed)

    def _decide(self):
        """Set ignored and held orders aside by their status; return the others."""
        ignored, wanted = self.browse(), self.browse()
        for order in self:
            status = order.status_mapping_id
            if order._is_wanted():
                wanted += order
            elif order.is_archived or status.import_action == "ignore":
                ignored += order
            elif not status:
                order._hold_for_status(
                    order.env._(
                        "Status %(status)s of BigCommerce is not mapped: use Fetch "
                        "Settings on the store.",
                        status=order.status_id,
                    )
                )
            elif status.import_action == "hold":
                order._hold_for_status(
                    order.env._(
                        "Orders in status %(status)s are held for a person.",
                        status=status.display_name,
                    )
                )
            else:
                wanted += order
        ignored._set_aside()
        return wanted

    def _hold_for_status(self, message):
        self._leave_to_person(OrderHeldError(message, awaits="status"))

    def _read(self):
        """Return {order: Reading}; those that cannot be read are left to a person."""
        self.fetch(["payload"])
        readings = {}
        for order in self:
            try:
                document = order._get_document()
                consignments = order._charge(document)
            except CONCURRENCY_ERRORS:
                raise
            except Exception as error:
                order._note_failure(error)
            else:
                readings[order] = Reading(document, consignments)
        return readings

    def _create_missing_mappings(self, readings):
        """Add what was not seen before of what the store can map, unmapped.

        Services, payment methods, checkout fields and taxes.

        :param dict readings: as `_read` returns it
        """
        backend, services, payments, taxes = self.backend_id, [], [], []
        names = []
        for order, reading in readings.items():
            document = reading.document
            services += [c.shipping_method for c in document.shipping_consignments]
            payments += backend.payment_mapping_ids._methods_of(document)
            names += [row.name for row in document.form_fields]
            taxes += order._get_tax_parts(reading)
        backend.shipping_mapping_ids._create_missing(backend, services)
        backend.payment_mapping_ids._create_missing(backend, payments)
        backend.field_mapping_ids._create_missing(backend, names)
        backend.tax_mapping_ids._create_missing_parts(backend, taxes)

    def _import(self, readings):
        """Make the sale orders of a batch at once, or one by one when that fails.

        :param dict readings: as `_read` returns it
        """
        if len(self) == 1:
            self._attempt(partial(self._make_sale_orders, readings))
            return
        try:
            with self.env.cr.savepoint():
                self._make_sale_orders(readings)
        except CONCURRENCY_ERRORS:
            raise
        except Exception as error:
            _logger.info("a batch of orders is imported one by one: %s", error)
            for order in self:
                order._import(readings)

    def _make_sale_orders(self, readings):
        """Create the sale orders of these orders, confirm and invoice them.

        :param dict readings: that hold these orders
        """
        documents = [readings[order].document for order in self]
        products = OrderProducts(self.backend_id, documents)
        self.env["sale.order"].create(
            [
                values
                for order in self
                for values in order._prepare_sale_orders(readings[order], products)
            ]
        )
        for order in self:
            order._settle_total(readings[order])
            order.followed = order_contents(readings[order].document)
        self._set_state(
            "imported",
            error=False,
            amount_difference=0,
            next_attempt=False,
            is_changed=False,
        )
        confirmed = self.filtered(
            lambda order: (
                order.status_mapping_id.import_action == "confirm"
                or order._has_gone_on()
            )
        )
        confirmed.sale_order_ids.action_confirm()
        for order in self:
            # what was paid back before the order came in is not to be picked
            order._warn_of_units_refunded(readings[order].document)
            order._book(readings[order].document)
