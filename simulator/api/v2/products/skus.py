"""/v2/products/{id}/skus, deprecated: the variants that have options (fact F102)."""

from ....catalog.locations import DEFAULT_LOCATION
from ....fields import check_v2, flag, text
from ....problems import NotFound
from ..query import page
from .products import LEVEL

NAMES = ("sku",)
FIELDS = {
    "sku": text(255),
    "upc": text(14),
    "inventory_level": LEVEL,
    "inventory_warning_level": LEVEL,
    "is_purchasing_disabled": flag,
}


def skus(shop, request, product_id):
    shop.catalog.product(product_id)
    wanted = request.args.get("sku")
    kept = [v for v in _with_options(shop, product_id) if wanted in (None, v["sku"])]
    return [_row(shop.catalog, variant) for variant in page(kept, request)]


def sku(shop, request, product_id, sku_id):
    return _row(shop.catalog, _find(shop, product_id, sku_id))


def update_sku(shop, request, product_id, sku_id):
    catalog, body = shop.catalog, request.json_object()
    kept = _find(shop, product_id, sku_id)
    check_v2(body, FIELDS)
    values = dict(body)
    level = values.pop("inventory_level", None)
    if "is_purchasing_disabled" in values:
        values["purchasing_disabled"] = values.pop("is_purchasing_disabled")
    catalog.update_variants([{"id": kept["id"], **values}])
    tracking = catalog.product(product_id)["inventory_tracking"]
    if level is not None and tracking == "variant":
        catalog.set_quantities([((DEFAULT_LOCATION, kept["id"]), level)])
    return _row(catalog, kept)


def _with_options(shop, product_id):
    return [v for v in shop.catalog.variants_of(product_id) if v["sku_id"]]


def _find(shop, product_id, sku_id):
    shop.catalog.product(product_id)
    for variant in _with_options(shop, product_id):
        if variant["sku_id"] == sku_id:
            return variant
    raise NotFound()


def _row(catalog, kept):
    row = catalog.variant_row(kept)
    return {
        "id": row["sku_id"],
        "product_id": row["product_id"],
        "sku": row["sku"],
        "upc": row["upc"],
        "inventory_level": row["inventory_level"],
        "inventory_warning_level": row["inventory_warning_level"],
        "is_purchasing_disabled": row["purchasing_disabled"],
        "options": [
            {"product_option_id": value["option_id"], "option_value_id": value["id"]}
            for value in row["option_values"]
        ],
    }
