"""The store's orders: placing them, changing their lines and their status."""

from ..formats import rfc2822
from ..pricing.discounts import apply_discounts
from ..pricing.terms import terms_of
from ..pricing.totals import totals
from .addresses import billing_address, shipping_address
from .articles import article_of
from .cart import Item
from .fees import fee_row
from .order_header import order_header
from .order_lines import line_row
from .pickup_methods import pickup_row
from .statuses import SHIPPED, STATUSES, WITHOUT_STOCK


class OrderBook:
    """The store's orders, their lines and addresses."""

    def __init__(self, shop):
        self._shop = shop
        self.orders = {}
        self._next_id = {"order": 1000, "line": 5000, "address": 300, "fee": 40}

    def _id(self, kind):
        self._next_id[kind] += 1
        return self._next_id[kind]

    def place(self, items, checkout):
        """Write down an order.

        :param items: list of Item
        :param Checkout checkout: how it is placed
        :return: dict, the order
        """
        order_id = self._id("order")
        billing = billing_address(checkout)
        terms = terms_of(self._shop, checkout)
        order = {
            **order_header(order_id, self._shop, checkout, billing),
            "_terms": terms,
            "_lines": [],
            "_addresses": [],
            "_pickup": None,
        }
        for item in items:
            self.add_line(order, item)
        self._send(order, billing, checkout)
        order["_fees"] = [fee_row(self._id("fee"), *f, terms) for f in checkout.fees]
        self.price(order)
        self.orders[order_id] = order
        return order

    def add_line(self, order, item):
        """Add a line, and one for each part of a bundle."""
        row = self._row(order, item)
        order["_lines"].append(row)
        for sku, quantity in item.parts:
            part = self._row(order, Item(sku, quantity, item.place, price=0))
            part["parent_order_product_id"] = row["id"]
            part["is_bundled_product"] = True
            order["_lines"].append(part)

    def set_quantity(self, order, line_id, quantity):
        """Change a line's quantity; a removed line stays with quantity 0
        (fact F28)."""
        row = next(row for row in order["_lines"] if row["id"] == line_id)
        item = row["_item"]
        item.quantity = quantity
        kept = (
            "order_address_id",
            "order_pickup_method_id",
            "quantity_shipped",
            "quantity_refunded",
            "parent_order_product_id",
            "is_bundled_product",
        )
        fresh = line_row(line_id, order["id"], item, row["_article"], order["_terms"])
        row.update({**fresh, **{name: row[name] for name in kept}})

    def price(self, order):
        """Work out discounts and totals from the order's parts."""
        rows, addresses = order["_lines"], order["_addresses"]
        apply_discounts(rows, order["_terms"])
        order.update(totals(rows, addresses, order["_fees"], order["_terms"]))
        for address in addresses:
            address["items_total"] = sum(
                row["quantity"]
                for row in rows
                if row["order_address_id"] == address["id"]
            )

    def set_status(self, order, status_id):
        """Set a status; cancelling and the like give the units back, and an order
        that comes back to life takes them again. Shipped dates the order (fact F31)."""
        had_stock = order["status_id"] not in WITHOUT_STOCK
        holds_stock = status_id not in WITHOUT_STOCK
        order["status_id"] = status_id
        order["status"] = order["custom_status"] = STATUSES[status_id][0]
        if status_id == SHIPPED:
            order["date_shipped"] = order["date_shipped"] or rfc2822(self._shop.now())
        if had_stock != holds_stock:
            for line in order["_lines"]:
                left = line["quantity"] - line["quantity_shipped"]
                self.move_stock(line, left if holds_stock else -left)

    def move_stock(self, line, quantity):
        """Take units of a line from the stock, or give them back below 0."""
        catalog = self._shop.catalog
        variant = catalog.variants.get(line.get("variant_id"))
        if variant and catalog.is_tracked(variant):
            catalog.take(variant, quantity)

    def _row(self, order, item):
        article = article_of(self._shop, item)
        return line_row(self._id("line"), order["id"], item, article, order["_terms"])

    def _send(self, order, billing, checkout):
        """Say where the physical lines go: to addresses, or to be collected."""
        rows = [row for row in order["_lines"] if row["type"] == "physical"]
        order["order_is_digital"] = not rows
        order["shipping_address_count"] = 0
        if not rows:
            return
        if checkout.pickup:
            location = self._shop.catalog.locations[checkout.pickup]
            order["_pickup"] = pickup_row(self._id("address"), location)
            for row in rows:
                row["order_pickup_method_id"] = order["_pickup"]["id"]
            return
        self._add_addresses(order, billing, checkout)
        for row in rows:
            place = row["_item"].place
            row["order_address_id"] = order["_addresses"][place]["id"]

    def _add_addresses(self, order, billing, checkout):
        """Add the delivery addresses: each costs shipping, the first the handling."""
        handling = checkout.handling
        for address in checkout.addresses or [checkout.shipping or {}]:
            whole = {**billing, **address}
            row = shipping_address(
                self._id("address"), whole, checkout, order["_terms"], handling
            )
            order["_addresses"].append(row)
            handling = 0
        order["shipping_address_count"] = len(order["_addresses"])
