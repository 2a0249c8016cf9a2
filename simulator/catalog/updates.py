"""Batches that change products or variants: a row that is wrong refuses them all."""

from ..fields import INVALID, faults_of
from ..formats import iso
from ..problems import Problem
from .batches import PRODUCTS, VARIANTS, check_batch
from .locations import DEFAULT_LOCATION
from .product_fields import PARTS, PRODUCT, VARIANT

# What a simple product and its base variant have in common.
SHARED = ("sku", "upc")


def update_products(catalog, rows):
    """Change products as PUT /v3/catalog/products does.

    :return: (the products, what was not saved of them: {field: words})
    :raise Problem: 409 for a name or SKU that another product has, 413, 422
    """
    check_batch(rows, PRODUCTS)
    _check(rows, {**PRODUCT, **PARTS}, catalog.products, "Product")
    for place, row in enumerate(rows):
        if parts := sorted(row.keys() & PARTS):
            errors = {f"{place}.{name}": "is not simulated" for name in parts}
            raise Problem(422, INVALID, errors)
    _check_names(catalog, rows)
    owners = {row["id"]: row["id"] for row in rows}
    _check_skus(catalog, [(row, owners[row["id"]]) for row in rows])
    for row in rows:
        _store(catalog, catalog.products[row["id"]], row, PRODUCT)
    unsaved = {name for row in rows for name in row if name in catalog.unsaved}
    changed = [catalog.products[row["id"]] for row in rows]
    return changed, dict.fromkeys(sorted(unsaved), "was not saved")


def update_variants(catalog, rows):
    """Change variants as PUT /v3/catalog/variants does; return them.

    :raise Problem: 409 for a SKU that another variant has, 413, and 422 whose
        `batch_errors` name what is wrong
    """
    check_batch(rows, VARIANTS)
    try:
        _check(rows, VARIANT, catalog.variants, "Variant")
    except Problem as problem:
        problem.extra = {"batch_errors": [problem.body("v3")]}
        raise
    owners = {row["id"]: catalog.variants[row["id"]]["product_id"] for row in rows}
    _check_skus(catalog, [(row, owners[row["id"]]) for row in rows])
    for row in rows:
        fields = {name: kind for name, kind in VARIANT.items() if name != "product_id"}
        _store(catalog, catalog.variants[row["id"]], row, fields)
    return [catalog.variants[row["id"]] for row in rows]


def _check(rows, fields, known, what):
    errors = {
        f"{place}.{name}": words
        for place, row in enumerate(rows)
        for name, words in faults_of(row, fields, ("id",)).items()
    }
    if errors:
        raise Problem(422, INVALID, errors)
    for row in rows:
        if row["id"] not in known:
            raise Problem(422, f"{what} {row['id']} does not exist.")


def _check_names(catalog, rows):
    """Refuse a name that another product has (409)."""
    names = {key: product["name"] for key, product in catalog.products.items()}
    names.update({row["id"]: row["name"] for row in rows if "name" in row})
    for row in rows:
        if "name" in row:
            wanted = row["name"].lower()
            others = (n.lower() for key, n in names.items() if key != row["id"])
            if wanted in others:
                words = "The product name is a duplicate"
                raise Problem(409, words, {"name": words})


def _check_skus(catalog, owned):
    """Refuse a SKU that another product's variant has (409).

    :param owned: list of (row, id of its product)
    """
    for row, product_id in owned:
        sku = row.get("sku")
        for variant in catalog.variants.values() if sku else ():
            own = variant["product_id"] == product_id
            if variant["sku"] == sku and not own:
                words = "The product sku is a duplicate"
                raise Problem(409, words, {"sku": words})


def _store(catalog, record, row, fields):
    """Keep what a row says of a product or variant, besides what is not saved."""
    said = {
        name: value
        for name, value in row.items()
        if name in fields and name not in catalog.unsaved
    }
    level = said.pop("inventory_level", None)
    record.update(said)
    product = catalog.products[record.get("product_id", record["id"])]
    product["date_modified"] = iso(catalog.now())
    base = catalog.variants.get(product["base_variant_id"])
    for twin in (product, base) if base else ():
        twin.update({name: said[name] for name in SHARED if said.get(name) is not None})
    variant = record if "product_id" in record else base
    if level is not None and variant:
        catalog.set_quantities([((DEFAULT_LOCATION, variant["id"]), level)])
