"""/v2/products, deprecated: what legacy accounts see of the catalog (fact F102)."""

from ....catalog.locations import DEFAULT_LOCATION
from ....fields import check_v2, choice, flag, text, whole
from ....formats import money, parse_moment, rfc2822
from ..query import choice as choice_of
from ..query import flag as flag_of
from ..query import integer, page

NAMES = ("min_id", "max_id", "name", "sku", "is_visible")
# What V2 calls a way to count, by its name in V3.
TRACKING = {"none": "none", "product": "simple", "variant": "sku"}
LEVEL = whole(0, 2_147_483_647)
FIELDS = {
    "name": text(250, 1),
    "sku": text(255),
    "is_visible": flag,
    "inventory_level": LEVEL,
    "inventory_warning_level": LEVEL,
    "inventory_tracking": choice(*TRACKING.values()),
}


def products(shop, request):
    kept = filter(_filter(request.args), shop.catalog.products.values())
    rows = page(sorted(kept, key=lambda product: product["id"]), request)
    return [product_row(shop.catalog, product) for product in rows]


def product(shop, request, product_id):
    return product_row(shop.catalog, shop.catalog.product(product_id))


def update_product(shop, request, product_id):
    catalog, body = shop.catalog, request.json_object()
    kept = catalog.product(product_id)
    check_v2(body, FIELDS)
    values = dict(body)
    level = values.pop("inventory_level", None)
    if way := values.get("inventory_tracking"):
        values["inventory_tracking"] = next(k for k, v in TRACKING.items() if v == way)
    catalog.update_products([{"id": product_id, **values}])
    if level is not None and kept["inventory_tracking"] == "product":
        first = catalog.variants_of(product_id)[0]
        catalog.set_quantities([((DEFAULT_LOCATION, first["id"]), level)])
    return product_row(catalog, kept)


def product_row(catalog, kept):
    """Return a product as V2 shows it."""
    row, product_id = catalog.product_row(kept), kept["id"]
    path = f"/products/{product_id}/skus"
    has_options = any(v["option_values"] for v in catalog.variants_of(product_id))
    return {
        "id": product_id,
        "name": row["name"],
        "type": row["type"],
        "sku": row["sku"],
        "description": row["description"],
        "price": money(row["price"]),
        "weight": money(row["weight"]),
        "upc": row["upc"],
        "is_visible": row["is_visible"],
        "availability": row["availability"],
        "inventory_level": row["inventory_level"],
        "inventory_warning_level": row["inventory_warning_level"],
        "inventory_tracking": TRACKING[row["inventory_tracking"]],
        "option_set_id": product_id if has_options else None,
        "date_created": rfc2822(parse_moment(row["date_created"])),
        "date_modified": rfc2822(parse_moment(row["date_modified"])),
        "skus": {"url": f"https://store.example/api/v2{path}", "resource": path},
    }


def _filter(args):
    """Return the function that tells whether a query wants a product."""
    first, last = integer(args, "min_id", 0), integer(args, "max_id", 2**31)
    choice_of(args, "is_visible", "true", "false")

    def is_wanted(product):
        return (
            first <= product["id"] <= last
            and args.get("name") in (None, product["name"])
            and args.get("sku") in (None, product["sku"])
            and (
                "is_visible" not in args
                or flag_of(args, "is_visible") == product["is_visible"]
            )
        )

    return is_wanted
