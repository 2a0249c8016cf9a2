from contextlib import contextmanager
from unittest.mock import patch

from odoo.tests import TransactionCase

from odoo.addons.base.models import ir_cron
from odoo.addons.base.tests.test_ir_cron import CronMixinCase

from ..client.transport import Transport
from ..simulator import Simulator
from .openapi import SpecObserver

# Seconds until a change of stock shows in the store (fact F57): longer than any test,
# which says `self.shop.settle()` where the time has come.
LATE = 3600


class BigCommerceCase(TransactionCase, CronMixinCase):
    """A connected store: a simulated BigCommerce on loopback, over real HTTP.

    Whatever passes between the two is checked against BigCommerce's own OpenAPI
    files where they are at hand.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sim = Simulator(inventory_delay=LATE)
        cls.sim.start()
        cls.addClassCleanup(cls.sim.stop)
        cls.shop = cls.sim.shop
        cls.observe_specs()
        cls.backend = cls.env["bigcommerce.backend"].create(cls.backend_values())
        cls.backend.action_test_connection()
        cls.backend.action_fetch_settings()
        cls.backend.is_live = True
        cls.map_tax()

    @classmethod
    def map_tax(cls, rate=20, backend=None, **values):
        """Map a rate of the store to an Odoo tax that is made for it.

        :return: the mapping's row
        """
        backend = backend or cls.backend
        row = cls.env["bigcommerce.tax.mapping"].create(
            {"backend_id": backend.id, "rate": rate, **values}
        )
        if not (row.tax_id or row.is_collected):
            row.action_create_tax()
        return row

    def setUp(self):
        """Give each test the store as `setUpClass` left it."""
        super().setUp()
        self.addCleanup(self.shop.restore, self.shop.save())
        self.sim.faults.clear()
        self.sim.calls.clear()
        # waiting for a store that is away takes no time here
        waiting = patch.object(Transport, "_wait", lambda *args: 0.0)
        waiting.start()
        self.addCleanup(waiting.stop)

    @classmethod
    def observe_specs(cls):
        observer = SpecObserver()
        cls.sim.observers.append(observer)
        cls.addClassCleanup(observer.check)

    @classmethod
    def backend_values(cls):
        """Return the values of the store under test."""
        return {
            "name": "Shop",
            "api_path": cls.sim.api_path,
            "access_token": cls.sim.token,
            "sync_inventory": True,
            # orders of any date come in; by itself a new store starts now
            "last_order_sync": False,
        }

    @classmethod
    def add_product(cls, name, sku, price="10.00", stock=10, **options):
        """Put a product on sale in the store and into Odoo's warehouse; link them.

        :return: (the store's product id, product.product)
        """
        remote_id = cls.shop.add_product(
            name=name, sku=sku, price=price, stock=stock, **options
        )
        product = cls.env["product.product"].create(
            {
                "name": name,
                "default_code": sku,
                "is_storable": True,
                "list_price": 99.0,
                "taxes_id": False,
            }
        )
        cls.set_stock(product, stock)
        return remote_id, product

    @classmethod
    def set_stock(cls, product, quantity):
        """Count a product's stock in the first warehouse."""
        warehouse = cls.env["stock.warehouse"].search(
            [("company_id", "=", cls.env.company.id)], limit=1
        )
        cls.env["stock.quant"].with_context(inventory_mode=True).create(
            {
                "product_id": product.id,
                "location_id": warehouse.lot_stock_id.id,
                "inventory_quantity": quantity,
            }
        ).action_apply_inventory()

    @contextmanager
    def committing(self):
        """Give an environment in which work may commit, as it does in real life."""
        with self.enter_registry_test_mode(), self.registry.cursor() as cr:
            yield self.env(cr=cr)
        self.env.invalidate_all()

    def run_action(self, method, records=None):
        """Press a button of the store (or of other records); return its answer."""
        records = self.backend if records is None else records
        with self.committing() as env:
            return getattr(records.with_env(env), method)()

    def run_cron(self, name, seconds=3600):
        """Run a scheduled action of the addon as the server does.

        :param seconds: that a run may last; by default enough on any machine
        """
        action = self.env.ref(f"connector_bigcommerce.{name}")
        with (
            patch.object(ir_cron, "MIN_TIME_PER_JOB", seconds),
            self.enter_registry_test_mode(),
        ):
            action.method_direct_trigger()
        self.env.invalidate_all()

    def inbox(self, remote_id):
        """Return the inbox row of an order of the store."""
        return self.env["bigcommerce.order"].search(
            [("backend_id", "=", self.backend.id), ("remote_id", "=", remote_id)]
        )

    def import_order(self, *args, **options):
        """Let a shopper buy, import, and return the inbox row."""
        remote_id = self.shop.buy(*args, **options)
        self.run_cron("cron_import_orders")
        return self.inbox(remote_id)
