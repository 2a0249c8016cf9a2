from collections import Counter

from .kits import take_apart


class SoldUnits:
    """Units of store orders that hold no stock in Odoo, and where they lie.

    Of a store, and of the others of its company that sell from the same locations.
    """

    def __init__(self, backend):
        """
        :param backend: the store
        """
        self._parts = [
            (location, location._get_stock_locations(), take_apart(units))
            for store in backend.search([("company_id", "=", backend.company_id.id)])
            | backend
            for location, units in _sold_by_location(store).items()
        ]

    def at(self, location, lying):
        """Return {product id: units} to be taken from the stock at a location.

        :param location: bigcommerce.location record
        :param lying: the stock.location records that it stands for
        """
        sold = Counter()
        for place, theirs, units in self._parts:
            if place == location or theirs & lying:
                sold.update(units)
        return sold


def _sold_by_location(store):
    """Return {bigcommerce.location: {product: units}} of one store's orders.

    What the store sold is named by its own ids; a line without a variant means a
    listing that has one only. What is collected at a location whose stock is listed
    lies there, everything else at the default one.
    """
    orders = store.env["bigcommerce.order"].search_fetch(
        [("backend_id", "=", store.id), ("holds_stock", "=", True)], ["sold_units"]
    )
    units = [unit for order in orders for unit in order.sold_units or ()]
    pushed = store.location_ids.filtered(lambda location: location._is_pushed())
    default = pushed.filtered(lambda location: location._is_default())
    places, sold = pushed.grouped("remote_id"), {}
    variants = VariantFinder(store, units)
    for product_id, variant_id, quantity, *collected in units:
        place = places.get(collected[0]) if collected else None
        product = variants.find(product_id, variant_id).product_id
        if (place or default) and product:
            sold.setdefault(place or default, Counter())[product] += quantity
    return sold


class VariantFinder:
    """The listings that a store's orders name, also those that are gone by now."""

    def __init__(self, store, units):
        """
        :param store: the store
        :param list units: rows that begin with a product's id in the store
        """
        products = store.env["bigcommerce.product"].with_context(active_test=False)
        wanted = list({product_id for product_id, *_rest in units})
        domain = [("backend_id", "=", store.id), ("remote_id", "in", wanted)]
        self._none = products.variant_ids
        self._products = (products.search(domain) if wanted else products).grouped(
            "remote_id"
        )

    def find(self, product_id, variant_id):
        """Return the one listing of these ids in the store, or none."""
        product = self._products.get(product_id)
        named = (product.variant_ids if product else self._none).filtered(
            lambda variant: (
                variant.remote_id == variant_id or (not variant_id and variant.active)
            )
        )
        return named if len(named) == 1 else self._none
