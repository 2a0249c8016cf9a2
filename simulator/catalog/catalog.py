"""The catalogue: what the store sells, and how many units lie where."""

from ..formats import iso
from ..problems import NotFound
from . import updates
from .locations import DEFAULT_LOCATION, level_row, location_row
from .products import image_row, new_product
from .variants import identity, new_variant


class Catalog:
    """Products, their variants, and what lies where.

    Settable: `unsaved`, the names of fields that a batch of products does not save,
    which makes its answer a 207.
    """

    def __init__(self, now):
        self.now = now
        self.unsaved = ()
        self.products = {}
        self.variants = {}
        self.stock = {}
        self.locations = {DEFAULT_LOCATION: location_row(DEFAULT_LOCATION, "Default")}
        self._next_id = 100

    def add_location(self, label):
        """Add a place to keep stock; return its id."""
        location_id = max(self.locations) + 1
        self.locations[location_id] = location_row(location_id, label)
        return location_id

    def add_product(
        self, name, *, variants=(), sku="", upc="", stock=0, tracking=None, **values
    ):
        """Put a product on sale.

        :param variants: dicts of sku, upc, options, stock, price; none for a simple
            product, which gets a base variant
        :param values: as `new_product` takes them
        :return: int, the product's id
        """
        product_id = self._id()
        self.products[product_id] = new_product(
            product_id,
            name,
            iso(self.now()),
            tracking=tracking or ("variant" if variants else "product"),
            sku=sku,
            upc=upc,
            **values,
        )
        rows = variants or [{"sku": sku, "upc": upc, "stock": stock}]
        ids = [self._add_variant(product_id, row) for row in rows]
        if not variants:
            self.products[product_id]["base_variant_id"] = ids[0]
        return product_id

    def _add_variant(self, product_id, row):
        variant_id = self._id()
        self.variants[variant_id] = new_variant(variant_id, product_id, row)
        self.stock[DEFAULT_LOCATION, variant_id] = int(row.get("stock") or 0)
        return variant_id

    def _id(self):
        self._next_id += 1
        return self._next_id

    def product(self, product_id):
        """Return a product.

        :raise NotFound: when there is none
        """
        if product_id not in self.products:
            raise NotFound()
        return self.products[product_id]

    def variants_of(self, product_id):
        """Return the variants of a product."""
        return [v for v in self.variants.values() if v["product_id"] == product_id]

    def variants_by_product(self):
        """Return the variants of every product: {product id: list}."""
        found = {product_id: [] for product_id in self.products}
        for variant in self.variants.values():
            found.setdefault(variant["product_id"], []).append(variant)
        return found

    def variant_by_sku(self, sku):
        """Return the variant with a SKU.

        :raise KeyError: when there is none
        """
        for variant in self.variants.values():
            if variant["sku"] == sku:
                return variant
        raise KeyError(sku)

    def is_tracked(self, variant):
        """Tell whether the store counts a variant's units."""
        return self.products[variant["product_id"]]["inventory_tracking"] != "none"

    def on_hand(self, variant, location_id=DEFAULT_LOCATION):
        """Return the units there are; a product tracked by product has one pool."""
        pool = self._pool(variant)
        return sum(self.stock.get((location_id, v), 0) for v in pool)

    def take(self, variant, units, location_id=DEFAULT_LOCATION):
        """Take units away, or give some back when the number is below 0."""
        for variant_id in self._pool(variant):
            there = self.stock.get((location_id, variant_id), 0)
            part = units if units < 0 else min(units, there)
            self.stock[location_id, variant_id] = there - part
            units -= part
            if not units:
                return

    def _pool(self, variant, siblings=None):
        product = self.products[variant["product_id"]]
        if product["inventory_tracking"] != "product":
            return [variant["id"]]
        variants = siblings[product["id"]] if siblings else None
        return [v["id"] for v in variants or self.variants_of(product["id"])]

    def update_products(self, rows):
        """Change products (updates.py); return them and what was not saved."""
        return updates.update_products(self, rows)

    def update_variants(self, rows):
        """Change variants (updates.py); return them."""
        return updates.update_variants(self, rows)

    def set_quantities(self, adjustments):
        """Set what `check_adjustments` has returned."""
        siblings = self.variants_by_product()
        for (location_id, variant_id), quantity in adjustments:
            # a variant may have been deleted since the adjustment was accepted
            variant = self.variants.get(variant_id)
            for pooled in self._pool(variant, siblings) if variant else ():
                self.stock[location_id, pooled] = quantity * (pooled == variant_id)

    def product_row(self, product, variants=None):
        """Return a product as the API shows it.

        :param variants: its variants, where they are at hand
        """
        variants = self.variants_of(product["id"]) if variants is None else variants
        level = sum(self.stock.get((DEFAULT_LOCATION, v["id"]), 0) for v in variants)
        tracked = product["inventory_tracking"] != "none"
        shown = {k: v for k, v in product.items() if not k.startswith("_")}
        return {
            **shown,
            "calculated_price": product["price"],
            "inventory_level": level if tracked else 0,
        }

    def image_rows(self, product, host):
        """Return the images of a product as `include=images` shows them."""
        return [image_row(product, host)] if product["_image"] else []

    def variant_row(self, variant):
        """Return a variant as the API shows it."""
        level = self.stock.get((DEFAULT_LOCATION, variant["id"]), 0)
        return {**variant, "inventory_level": level if self.is_tracked(variant) else 0}

    def inventory_row(self, variant):
        """Return a tracked variant's levels as GET /v3/inventory/items shows them."""
        return {
            "identity": identity(variant),
            "locations": [
                level_row(location, self.stock.get((location_id, variant["id"]), 0))
                for location_id, location in self.locations.items()
                if location_id == DEFAULT_LOCATION
                or (location_id, variant["id"]) in self.stock
            ],
        }
