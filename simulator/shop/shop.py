"""The store itself: what shoppers, staff and the API can do in it."""

import threading
from datetime import datetime, timezone
from decimal import Decimal

from ..catalog.catalog import Catalog
from ..catalog.inventory import Inventory
from ..catalog.locations import DEFAULT_LOCATION
from ..formats import rfc2822
from ..orders.cart import as_items
from ..orders.checkout import Checkout
from ..orders.consignments import consignments, plain
from ..orders.order_book import OrderBook
from ..orders.pickups import Pickups
from ..orders.refunds import Refunds
from ..orders.shipments import Despatch
from ..orders.statuses import WITHOUT_STOCK
from ..pricing.rounding import Rounding
from ..problems import NotFound
from . import saving
from .hooks import Hooks
from .store_information import store_information


class Shop:
    """The store itself: what can be done in it by shoppers, staff and the API.

    Safe to use from several threads. Settable: `tax_inclusive`, `tax_rate` (percent),
    `tax_parts` ({percent: [(name, percent)]} of rates that jurisdictions share),
    `rounding` (pricing/rounding.py), `currency`, `now` (function -> UTC datetime),
    `moves_status` (whether a shipment moves its order's status, as seen in real
    stores).
    """

    def __init__(self, inventory_delay=0.0, store_hash="demo"):
        self.lock = threading.RLock()
        self.store_hash = store_hash
        self.name = "Simulated Shop"
        self.currency = "USD"
        self.tax_inclusive = False
        self.tax_rate = Decimal(20)
        self.tax_parts = {}
        self.rounding = Rounding()
        self.moves_status = True
        self.now = lambda: datetime.now(timezone.utc)
        self.catalog = Catalog(lambda: self.now())
        self.book = OrderBook(self)
        self.despatch = Despatch(self)
        self.pickups = Pickups(self)
        self.hooks = Hooks(self)
        self.inventory = Inventory(self, inventory_delay)
        self.refunds = Refunds(self)
        self.mails = []

    def save(self):
        """Return a copy of all that the store remembers, for `restore`."""
        with self.lock:
            return saving.save(self)

    def restore(self, saved):
        """Make the store what it was when `saved` was made."""
        with self.lock:
            saving.restore(self, saved)

    # What people do

    def add_product(self, name, **values):
        """Put a product on sale (see Catalog.add_product); return its id."""
        with self.lock:
            product_id = self.catalog.add_product(name, **values)
            self.hooks.product("created", product_id)
            return product_id

    def buy(self, lines, **choices):
        """Let a shopper buy; the units are taken at once.

        :param lines: list of (SKU, quantity) or of Item
        :param choices: as Checkout has them
        :return: int, the order's number
        :raise OutOfStock: when there is not enough; nothing is taken then
        """
        items, checkout = as_items(lines), Checkout(**choices)
        with self.lock:
            self.settle()
            if checkout.status_id not in WITHOUT_STOCK:
                self.inventory.take(items)
            order = self.book.place(items, checkout)
            self.send_mail("order", order, "")
            self.hooks.order("created", order)
            return order["id"]

    def set_status(self, order_id, status_id):
        """Set an order's status, as staff do in the control panel."""
        with self.lock:
            order = self.raw_order(order_id)
            previous = order["status_id"]
            self.book.set_status(order, status_id)
            self.touch(order)
            if previous != status_id:
                self.send_mail("status", order, order["status"])
                self.hooks.status_updated(order, previous)

    def edit_order(self, order_id, **fields):
        """Change fields of an order."""
        with self.lock:
            order = self.raw_order(order_id)
            order.update(fields)
            self.touch(order)

    def edit_lines(self, order_id, quantities=None, added=()):
        """Change quantities and add lines, as staff do in the control panel.

        :param dict quantities: {line id: quantity}; 0 takes a line out
        :param added: list of (SKU, quantity) or of Item, for the first address
        """
        with self.lock:
            order = self.raw_order(order_id)
            rows = {row["id"]: row for row in order["_lines"]}
            for line_id, quantity in (quantities or {}).items():
                more = quantity - rows[line_id]["quantity"]
                self.book.set_quantity(order, line_id, quantity)
                self.book.move_stock(rows[line_id], more)
            for item in as_items(added):
                self.book.add_line(order, item)
                row = order["_lines"][-1]
                row["order_address_id"] = order["_addresses"][item.place]["id"]
                self.book.move_stock(row, item.quantity)
            self.book.price(order)
            self.touch(order)

    def edit_address(self, order_id, place=0, **fields):
        """Change fields of a delivery address; costs stay as they are."""
        with self.lock:
            order = self.raw_order(order_id)
            order["_addresses"][place].update(fields)
            self.touch(order)

    def archive(self, order_ids):
        """Archive orders, as their deletion in the control panel does."""
        with self.lock:
            for order_id in order_ids:
                order = self.raw_order(order_id)
                order["is_deleted"] = True
                self.touch(order)
                self.hooks.order("archived", order)

    def refund(self, order_id, amount, **values):
        """Refund a part of an order (see Refunds.create); return the refund's id."""
        with self.lock:
            return self.refunds.create(self.raw_order(order_id), amount, **values)

    # What can be looked at

    def order(self, order_id):
        """Return an order with its consignments, and all lines under `products`."""
        with self.lock:
            order = self.raw_order(order_id)
            return {
                **{k: v for k, v in order.items() if not k.startswith("_")},
                "consignments": consignments(order),
                "products": plain(order["_lines"]),
            }

    def raw_order(self, order_id):
        """Return an order as it is kept.

        :raise NotFound: when there is none
        """
        if order_id not in self.book.orders:
            raise NotFound()
        return self.book.orders[order_id]

    def shipments(self, order_id):
        """Return the shipments of an order."""
        with self.lock:
            return self.despatch.of_order(order_id)

    def stock(self, sku, location_id=DEFAULT_LOCATION):
        """Return the units on hand of a SKU."""
        with self.lock:
            self.settle()
            variant = self.catalog.variant_by_sku(sku)
            return self.catalog.on_hand(variant, location_id)

    def product(self, product_id):
        """Return a product as the API shows it."""
        with self.lock:
            return self.catalog.product_row(self.catalog.product(product_id))

    def product_by_sku(self, sku):
        """Return the product that a SKU belongs to."""
        with self.lock:
            variant = self.catalog.variant_by_sku(sku)
            return self.product(variant["product_id"])

    def store_info(self):
        """Return the store as GET /v2/store shows it."""
        return store_information(self)

    # What the API does

    def touch(self, order):
        """Note that an order changed."""
        order["date_modified"] = rfc2822(self.now())
        self.hooks.order("updated", order)

    def send_mail(self, kind, order, text):
        """Count an e-mail that a real store would have sent."""
        self.mails.append(
            {
                "kind": kind,
                "order_id": order["id"],
                "to": order["billing_address"]["email"],
                "text": text,
            }
        )

    def settle(self):
        """Do all accepted adjustments now."""
        with self.lock:
            self.inventory.settle()

    def catch_up(self):
        """Do the adjustments whose delay is over."""
        with self.lock:
            self.inventory.catch_up()
