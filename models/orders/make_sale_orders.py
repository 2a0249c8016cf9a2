import logging

from psycopg2 import OperationalError

from odoo import models
from odoo.exceptions import UserError
from odoo.tools import split_every

from ...client import InvalidDocument
from ...rules.contents import order_contents
from .errors import OrderHeldError
from .find_products import ProductIndex

_logger = logging.getLogger(__name__)

# Orders made into sale orders together; each batch is one commit.
BATCH = 50


class BigcommerceOrder(models.Model):
    """From the inbox to sale orders. No network here."""

    _inherit = "bigcommerce.order"

    def _process(self):
        """Import these orders of one store, or carry their changes over.

        Each order is its own success or failure: nothing is raised for one.

        :return: (int, int) the number of orders that went well, and that did not
        """
        orders = self.try_lock_for_update(allow_referencing=True)
        orders = orders.filtered_domain(self._due_domain())
        changed = orders.filtered(lambda order: order.state == "imported")
        changed._learn_words()
        for order in changed.filtered_domain(self._due_domain()):
            order._contained(order._carry_changes_over)
        wanted = (orders - changed)._decide()
        wanted._learn_words()
        wanted.filtered_domain(self._due_domain())._import()
        failed = orders.filtered(lambda order: order.error)
        return len(orders) - len(failed), len(failed)

    def _decide(self):
        """Set ignored and held orders aside by their status; return the others."""
        ignored, wanted = self.browse(), self.browse()
        for order in self:
            status = order.status_mapping_id
            if order.is_archived or status.import_action == "ignore":
                ignored += order
            elif not status:
                order._hold(
                    order.env._(
                        "Status %(status)s of BigCommerce is not mapped: use Fetch "
                        "Settings on the store.",
                        status=order.status_id,
                    )
                )
            elif status.import_action == "hold":
                order._hold(
                    order.env._(
                        "Orders in status %(status)s are held for a person.",
                        status=status.display_name,
                    )
                )
            else:
                wanted += order
        ignored.write({"state": "ignored", "error": False, "next_attempt": False})
        return wanted

    def _learn_words(self):
        """Add services, payment methods and tax rates not seen before, unmapped.

        An order that cannot be read teaches nothing, and says so.
        """
        services, payments, rates = [], [], []
        for order in self:
            order._contained(
                lambda order=order: order._collect_words(services, payments, rates)
            )
        backend = self.backend_id
        self.env["bigcommerce.shipping.mapping"]._learn(backend, services)
        self.env["bigcommerce.payment.mapping"]._learn(backend, payments)
        self.env["bigcommerce.tax.mapping"]._learn_rates(backend, rates)

    def _collect_words(self, services, payments, rates):
        document = self._document()
        services += [part.shipping_method for part in document.shipping_consignments]
        payments += [document.payment_method, *self._tender_methods(document)]
        rates += [c.rate for part in self._parcels(document) for c in part.charges]

    def _import(self):
        """Make the sale orders of a batch at once, or one by one when that fails."""
        if not self:
            return
        if len(self) == 1:
            self._contained(self._make_sale_orders)
            return
        try:
            with self.env.cr.savepoint():
                self._make_sale_orders()
        except OperationalError:
            raise
        except Exception as error:
            _logger.info("a batch of orders is imported one by one: %s", error)
            for order in self:
                order._import()

    def _contained(self, work):
        """Do the work for this order; a failure is noted on it, and undone."""
        self.ensure_one()
        try:
            with self.env.cr.savepoint():
                work()
        except OperationalError:
            # another transaction was quicker: the whole run is repeated
            raise
        except (OrderHeldError, InvalidDocument) as error:
            self._hold(error)
        except UserError as error:
            self._fail(error)
        except Exception as error:
            _logger.exception("%s could not be imported", self.display_name)
            self._fail(
                self.env._(
                    "Unexpected error: %(error)s. The server's log has the details.",
                    error=error,
                )
            )

    def _make_sale_orders(self):
        """Create the sale orders of these orders, confirm and invoice them."""
        documents = {order: order._document() for order in self}
        products = self._product_index(documents.values())
        values = [
            sale
            for order, document in documents.items()
            for sale in order._prepare_sale_orders(document, products)
        ]
        self.env["sale.order"].create(values)
        for order, document in documents.items():
            order._settle_total(document)
            order.followed = order_contents(document)
            self.env["bigcommerce.order.tender"]._replace(order, document)
        self.write(
            {
                "state": "imported",
                "error": False,
                "amount_difference": 0,
                "next_attempt": False,
                "is_changed": False,
            }
        )
        confirmed = self.filtered(
            lambda order: order.status_mapping_id.import_action == "confirm"
        )
        confirmed.sale_order_ids.action_confirm()
        for order in confirmed.filtered(lambda order: order._is_invoiced()):
            # parcels do not wait for what accounting lacks
            order._contained(lambda o=order: o._make_invoices(documents[o]))

    def _product_index(self, documents):
        lines = [line for document in documents for line in document.lines]
        return ProductIndex(self.backend_id, lines)

    def _run_batches(self, run):
        """Process these orders batch by batch; return False when out of time."""
        for ids in split_every(BATCH, self.ids):
            if not run._commit(*self.browse(ids)._process()):
                return False
        return True
