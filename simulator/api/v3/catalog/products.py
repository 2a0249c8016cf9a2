"""/v3/catalog/products (products_catalog.v3.yml)."""

from ....formats import parse_moment
from ....problems import Problem
from ..query import LIMIT, ids, only_fields, paged


def _since(product, text):
    return parse_moment(product["date_modified"]) >= parse_moment(text)


# Those that the tests and the connector ask for.
FILTERS = {
    "id": lambda product, text: str(product["id"]) == text,
    "id:in": lambda product, text: product["id"] in ids(text),
    "id:min": lambda product, text: product["id"] >= int(text),
    "id:greater": lambda product, text: product["id"] > int(text),
    "sku": lambda product, text: product["sku"] == text,
    "sku:in": lambda product, text: product["sku"] in text.split(","),
    "upc": lambda product, text: product["upc"] == text,
    "name": lambda product, text: product["name"] == text,
    "type": lambda product, text: product["type"] == text,
    "is_visible": lambda product, text: product["is_visible"] == (text == "true"),
    "date_modified:min": _since,
}
# Those that every product has here.
SORTED_BY = ("id", "name", "sku", "price", "date_modified")


def products(shop, request):
    args = request.args
    found = list(shop.catalog.products.values())
    for name, test in FILTERS.items():
        if name in args:
            wanted = args[name]
            found = [product for product in found if test(product, wanted)]
    found.sort(key=_sort_key(args), reverse=args.get("direction") == "desc")
    variants = shop.catalog.variants_by_product()
    rows = []
    for product in found:
        own = variants[product["id"]]
        row = shop.catalog.product_row(product, own)
        includes = args.get("include", "").split(",")
        if "variants" in includes:
            row["variants"] = [shop.catalog.variant_row(variant) for variant in own]
        if "images" in includes:
            row["images"] = shop.catalog.image_rows(product, request.host_url)
        rows.append(row)
    return paged(only_fields(rows, args), request, LIMIT)


def _sort_key(args):
    """Return how rows are sorted: by id, unless asked otherwise.

    :raise Problem: 422 for what cannot be sorted by
    """
    name = args.get("sort", "id")
    if name not in SORTED_BY or args.get("direction", "asc") not in ("asc", "desc"):
        raise Problem(422, "sort or direction is invalid.")
    return lambda row: row[name]


def product(shop, request, product_id):
    return {"data": shop.product(product_id), "meta": {}}


def update_products(shop, request):
    rows = shop.catalog.update_products(request.json_body())
    for row in rows:
        shop.hooks.product("updated", row["id"])
    return {"data": [shop.catalog.product_row(row) for row in rows], "meta": {}}
