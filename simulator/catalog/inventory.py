"""How the stock moves: by sales, and by adjustments that the store accepts first and
does a little later (fact F57)."""

import time
from collections import Counter

from .adjustments import check_adjustments


class OutOfStock(Exception):
    """A shopper wanted more than there is."""


class Inventory:
    """What changes the catalogue's stock, and tells the webhooks of it."""

    def __init__(self, shop, delay):
        """
        :param delay: seconds until an accepted adjustment is done
        """
        self._shop = shop
        self._delay = delay
        self.waiting = []
        self._transactions = 0

    def take(self, items):
        """Take the units of Items that a shopper buys.

        :raise OutOfStock: when there is not enough; nothing is taken then
        """
        catalog = self._shop.catalog
        wanted = Counter()
        for item in items:
            for sku, quantity in ((item.sku, item.quantity), *item.parts):
                wanted[sku] += quantity
        del wanted[""]
        found = [(catalog.variant_by_sku(sku), n) for sku, n in wanted.items()]
        tracked = [pair for pair in found if catalog.is_tracked(pair[0])]
        for variant, quantity in tracked:
            if catalog.on_hand(variant) < quantity:
                raise OutOfStock(variant["sku"])
        for variant, quantity in tracked:
            catalog.take(variant, quantity)
            self._tell("inventory/order/updated", variant)

    def adjust(self, body):
        """Accept an absolute adjustment; return the number of its transaction.

        :param dict body: of the request
        :raise Problem: when an item is wrong
        """
        adjustments = check_adjustments(self._shop.catalog, body)
        self.waiting.append((time.monotonic(), adjustments))
        self.catch_up()
        self._transactions += 1
        return f"00000000-0000-4000-9000-{self._transactions:012d}"

    def catch_up(self):
        """Do the accepted adjustments whose delay is over."""
        limit = time.monotonic() - self._delay
        while self.waiting and self.waiting[0][0] <= limit:
            self._set(self.waiting.pop(0)[1])

    def settle(self):
        """Do all accepted adjustments now."""
        for _since, adjustments in self.waiting:
            self._set(adjustments)
        self.waiting.clear()

    def _set(self, adjustments):
        catalog = self._shop.catalog
        catalog.set_quantities(adjustments)
        if self._shop.hooks.hooks:
            for (_location_id, variant_id), _quantity in adjustments:
                variant = catalog.variants.get(variant_id)
                if variant:
                    self._tell("inventory/updated", variant)

    def _tell(self, event, variant):
        catalog = self._shop.catalog
        tracking = catalog.products[variant["product_id"]]["inventory_tracking"]
        self._shop.hooks.stock(event, variant, tracking, catalog.on_hand(variant))
