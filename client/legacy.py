"""What a legacy account can do of the catalog: the deprecated V2 products (fact F102).

Products and SKUs are handed out as V3 has them, so that nobody else need know.
"""

from . import paging
from .client import Client
from .errors import Invalid, NotFound, UnreadableAnswer
from .limits import LEGACY_BATCH, V2_PAGE

PRODUCTS = "/v2/products"
# V2 does not tell the ids of variants, which order lines name. What stands for one has
# a number that no variant has: a SKU, or a product that is counted as one.
FIRST_SKU = 2**30
FIRST_SIMPLE = FIRST_SKU + 2**29
# How V3 calls what V2 counts by.
TRACKING = {"none": "none", "simple": "product", "sku": "variant"}
V2_TRACKING = {new: old for old, new in TRACKING.items()}
# The one place that V2 knows: the store's default location (fact F63).
LOCATION = {"id": 1, "label": "Default", "enabled": True}


class LegacyClient(Client):
    """A store reached by a legacy account: one product or SKU a call is changed."""

    inventory_batch = LEGACY_BATCH

    def locations(self):
        """Override of `locations` to name the one place that V2 knows."""
        return [LOCATION]

    def product_pages(self, after=0, **filters):
        """Override of `product_pages` to read V2 products; filters are not known."""
        yield from self._pages(min_id=after + 1)

    def products(self, **filters):
        """Override of `products` to read V2 products, by `id:in` alone.

        With `include` the variants come along.
        """
        for row in self._products(filters["id:in"]):
            if "variants" in filters.get("include", ""):
                row = {**row, "variants": list(self._variants_of(row))}
            yield row

    def variants(self, **filters):
        """Override of `variants` to read V2 SKUs, by `product_id:in` alone."""
        for product in self._products(filters["product_id:in"]):
            yield from self._variants_of(product)

    def inventory_items(self, **filters):
        """Override of `inventory_items` to tell what V2 shows of products and SKUs."""
        if wanted := filters.get("product_id:in"):
            products = self._products(wanted)
        else:
            products = (row for page in self._pages() for row in page)
        for product in products:
            if product["inventory_tracking"] == "product":
                yield _level(product, {"product_id": product["id"]})
            elif product["inventory_tracking"] == "variant":
                for sku in self._variants_of(product):
                    yield _level(sku, {"variant_id": sku["id"]})

    def set_inventory(self, items, reason):
        """Override of `set_inventory` to set one after the other; a few at a time.

        V2 keeps no reason, and its own numbers of transactions.

        :raise Invalid: that names those which the store refused; the others are set
        """
        refused = []
        for item in items:
            product, sku = item["product_id"], item.get("variant_id", 0) - FIRST_SKU
            path = f"{PRODUCTS}/{product}"
            kind = "variant_id" if "variant_id" in item else "product_id"
            if 0 < sku < FIRST_SIMPLE - FIRST_SKU:
                path += f"/skus/{sku}"
            try:
                self._put(path, {"inventory_level": item["quantity"]})
            except (Invalid, NotFound) as error:
                refused.append(f"Item with {kind} {item[kind]}: {error}")
        if refused:
            raise Invalid(", ".join(refused), 422)

    def update_products(self, rows):
        """Override of `update_products` to change one after the other."""
        return [self._update_product(**row) for row in rows]

    def _update_product(self, id, **values):
        if tracking := values.get("inventory_tracking"):
            values["inventory_tracking"] = V2_TRACKING[tracking]
        return _product(self._put(f"{PRODUCTS}/{id}", values))

    def _products(self, numbers):
        """Yield the products with some ids, a text with commas between them.

        V2 has no list of ids as a filter: those between the first and the last are
        read, 250 a call.
        """
        wanted = {int(number) for number in numbers.split(",")}
        for page in self._pages(min_id=min(wanted), max_id=max(wanted)):
            yield from (row for row in page if row["id"] in wanted)

    def _pages(self, min_id=1, **filters):
        """Yield pages of products by id."""
        for page in paging.keyset_pages(self._get, PRODUCTS, V2_PAGE, filters, min_id):
            rows = list(paging.with_ids(page, PRODUCTS))
            if [row["id"] for row in rows] != sorted(row["id"] for row in rows):
                raise UnreadableAnswer(f"GET {PRODUCTS}: the list is not by id")
            yield [_product(row) for row in rows]

    def _variants_of(self, product):
        """Yield what is sold of a product: its SKUs, or itself where it has none."""
        skus = []
        if product["inventory_tracking"] == "variant" or product.get("option_set_id"):
            path = f"{PRODUCTS}/{product['id']}/skus"
            rows = paging.numbered_rows(self._get, path, V2_PAGE)
            skus = list(paging.with_ids(rows, path))
        for sku in skus:
            yield {
                **sku,
                "id": FIRST_SKU + sku["id"],
                "product_id": product["id"],
                "purchasing_disabled": sku.get("is_purchasing_disabled"),
            }
        if not skus:
            yield {
                **product,
                "id": FIRST_SIMPLE + product["id"],
                "product_id": product["id"],
                "option_values": [],
            }


def _product(row):
    """Return a V2 product as V3 shows it."""
    tracking = TRACKING.get(row.get("inventory_tracking"), "none")
    return {**row, "inventory_tracking": tracking}


def _level(row, identity):
    """Return a level as GET /v3/inventory/items shows it."""
    level = {
        "location_id": LOCATION["id"],
        "total_inventory_onhand": row.get("inventory_level"),
    }
    return {"identity": identity, "locations": [level]}
