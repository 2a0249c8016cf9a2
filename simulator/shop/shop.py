import copy
import threading
import time
from collections import Counter
from datetime import datetime, timezone
from decimal import Decimal

from ..catalog.adjustments import check_adjustments
from ..catalog.catalog import DEFAULT_LOCATION, Catalog
from ..formats import iso, rfc2822
from ..orders.cart import as_items
from ..orders.consignments import consignments, plain
from ..orders.order_book import OrderBook
from ..orders.pickups import Pickups
from ..orders.shipments import Despatch
from ..orders.statuses import WITHOUT_STOCK
from ..problems import NotFound
from .hooks import Hooks
from .store_information import store_info

SETTINGS = (
    "currency",
    "tax_inclusive",
    "tax_rate",
    "moves_status",
    "now",
    "refunds",
    "mails",
    "_waiting_inventory",
)
CATALOG = ("products", "variants", "stock", "locations", "_next_id")


class OutOfStock(Exception):
    """A shopper wanted more than there is."""


class Shop:
    """The store itself: what can be done in it by shoppers, staff and the API.

    Safe to use from several threads. Settable: `tax_inclusive`, `tax_rate` (percent),
    `currency`, `now` (function -> UTC datetime), `moves_status` (whether a shipment
    moves its order's status, as seen in real stores).
    """

    def __init__(self, inventory_delay=0.0):
        self.lock = threading.RLock()
        self.name = "Simulated Shop"
        self.currency = "USD"
        self.tax_inclusive = False
        self.tax_rate = Decimal(20)
        self.moves_status = True
        self.now = lambda: datetime.now(timezone.utc)
        self.catalog = Catalog(lambda: self.now())
        self.book = OrderBook(self)
        self.despatch = Despatch(self)
        self.pickups = Pickups(self)
        self.hooks = Hooks(self)
        self.refunds = []
        self.mails = []
        self._inventory_delay = inventory_delay
        self._waiting_inventory = []
        self._transactions = 0

    def save(self):
        """Return a copy of all that the store remembers, for `restore`."""
        with self.lock:
            return {
                part: copy.deepcopy({name: getattr(holder, name) for name in names})
                for part, holder, names in self._parts()
            }

    def restore(self, saved):
        """Make the store what it was when `saved` was made."""
        with self.lock:
            for part, holder, _names in self._parts():
                for name, value in copy.deepcopy(saved[part]).items():
                    setattr(holder, name, value)

    def _parts(self):
        """Return (name, holder, attributes) of each part that remembers something."""
        return (
            ("shop", self, SETTINGS),
            ("catalog", self.catalog, CATALOG),
            ("book", self.book, ("orders", "_next_id")),
            ("despatch", self.despatch, ("shipments", "_next_id")),
            ("pickups", self.pickups, ("pickups", "_next_id")),
            ("hooks", self.hooks, ("hooks", "deliveries")),
        )

    # What people do

    def add_product(self, name, **values):
        """Put a product on sale (see Catalog.add_product); return its id."""
        with self.lock:
            product_id = self.catalog.add_product(name, **values)
            self.hooks.product("created", product_id)
            return product_id

    def buy(
        self,
        lines,
        *,
        email="",
        status_id=11,
        shipping_method="Flat Rate",
        shipping_cost="5.00",
        payment_method="Credit Card",
        coupon=None,
        promotion=None,
        discount="0",
        handling="0",
        fees=(),
        billing=None,
        shipping=None,
        addresses=(),
        pickup=None,
        customer_id=0,
        currency=None,
        gift_certificate="0",
        store_credit="0",
        note="",
    ):
        """Let a shopper buy; the units are taken at once.

        :param lines: list of (SKU, quantity) or of Item
        :param coupon: (code, percent) or None
        :param promotion: (name, percent) or None
        :param discount: manual discount on the whole order, tax included
        :param fees: list of (name, amount)
        :param shipping: what differs in the delivery address from the billing address
        :param addresses: several of them, each with a `shipping_cost` and
            `shipping_method` of its own where it has one; lines say theirs by `place`
        :param pickup: id of the location where the goods are collected
        :return: int, the order's number
        :raise OutOfStock: when there is not enough; nothing is taken then
        """
        options = {k: v for k, v in locals().items() if k not in ("self", "lines")}
        with self.lock:
            self.settle()
            items = as_items(lines)
            if status_id not in WITHOUT_STOCK:
                self._take(items)
            order = self.book.place(items, options)
            self.send_mail("order", order, "")
            self.hooks.order("created", order)
            return order["id"]

    def _take(self, items):
        wanted = Counter()
        for item in items:
            for sku, quantity in ((item.sku, item.quantity), *item.parts):
                wanted[sku] += quantity
        del wanted[""]
        tracked = [
            (variant, quantity)
            for variant, quantity in (
                (self.catalog.variant_by_sku(sku), n) for sku, n in wanted.items()
            )
            if self.catalog.is_tracked(variant)
        ]
        for variant, quantity in tracked:
            if self.catalog.on_hand(variant) < quantity:
                raise OutOfStock(variant["sku"])
        for variant, quantity in tracked:
            self.catalog.take(variant, quantity)
            self._tell_stock("inventory/order/updated", variant)

    def _tell_stock(self, event, variant):
        product = self.catalog.products[variant["product_id"]]
        quantity = self.catalog.on_hand(variant)
        self.hooks.stock(event, variant, product["inventory_tracking"], quantity)

    def _set_quantities(self, adjustments):
        self.catalog.set_quantities(adjustments)
        if self.hooks.hooks:
            for (_location_id, variant_id), _quantity in adjustments:
                variant = self.catalog.variants.get(variant_id)
                if variant:
                    self._tell_stock("inventory/updated", variant)

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

    def refund(
        self, order_id, amount, tax="0", items=None, reason="", is_declined=False
    ):
        """Refund a part of an order; return the refund's id.

        :param items: as orders.v3.yml has them; without, the order as a whole
        """
        with self.lock:
            order = self.raw_order(order_id)
            refund = {
                "id": len(self.refunds) + 1,
                "order_id": order_id,
                "user_id": 1,
                "created": iso(self.now()),
                "reason": reason,
                "total_amount": float(amount),
                "total_tax": float(tax),
                "uses_merchant_override_values": False,
                "items": items
                or [
                    {
                        "item_type": "ORDER",
                        "item_id": order_id,
                        "reason": reason,
                        "requested_amount": float(amount),
                    }
                ],
                "payments": [
                    {
                        "id": 1,
                        "provider_id": "custom",
                        "amount": float(amount),
                        "offline": True,
                        "is_declined": is_declined,
                        "declined_message": "",
                    }
                ],
            }
            self.refunds.append(refund)
            self._mark_refunded(order, refund["items"])
            whole = Decimal(order["total_inc_tax"])
            given = sum(
                Decimal(str(r["total_amount"]))
                for r in self.refunds
                if r["order_id"] == order_id
            )
            self.set_status(order_id, 4 if given >= whole else 14)
            return refund["id"]

    def _mark_refunded(self, order, items):
        rows = {row["id"]: row for row in order["_lines"]}
        for item in items:
            if item["item_type"] == "PRODUCT":
                row = rows[item["item_id"]]
                row["quantity_refunded"] += item["quantity"]
                row["is_refunded"] = row["quantity_refunded"] >= row["quantity"]

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
        return store_info(self)

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

    def adjust_inventory(self, items):
        """Accept an absolute adjustment; it is done after a delay."""
        adjustments = check_adjustments(self.catalog, items)
        self._waiting_inventory.append((time.monotonic(), adjustments))
        self._settle_due()
        self._transactions += 1
        return f"00000000-0000-4000-9000-{self._transactions:012d}"

    def settle(self):
        """Do all accepted adjustments now."""
        with self.lock:
            for _since, adjustments in self._waiting_inventory:
                self._set_quantities(adjustments)
            self._waiting_inventory.clear()

    def _settle_due(self):
        limit = time.monotonic() - self._inventory_delay
        while self._waiting_inventory and self._waiting_inventory[0][0] <= limit:
            self._set_quantities(self._waiting_inventory.pop(0)[1])

    def catch_up(self):
        """Do the adjustments whose delay is over."""
        with self.lock:
            self._settle_due()
