"""The V3 endpoints: catalog, inventory, channels, webhooks."""

from ....formats import parse_moment
from ....problems import Problem

CATALOG_LIMIT = 250
INVENTORY_LIMIT = 1000


def _since(product, text):
    return parse_moment(product["date_modified"]) >= parse_moment(text)


# products_catalog.v3.yml, as far as the tests and the connector ask
PRODUCT_FILTERS = {
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


def products(shop, request):
    args = request.args
    found = list(shop.catalog.products.values())
    for name, test in PRODUCT_FILTERS.items():
        if name in args:
            wanted = args[name]
            found = [product for product in found if test(product, wanted)]
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
    return paged(_only(rows, args), request, CATALOG_LIMIT)


def product(shop, request, product_id):
    return {"data": shop.product(product_id), "meta": {}}


def update_products(shop, request):
    rows = shop.catalog.update_products(request.json_body())
    for row in rows:
        shop.hooks.product("updated", row["id"])
    return {"data": [shop.catalog.product_row(row) for row in rows], "meta": {}}


def variants(shop, request):
    args = request.args
    found = list(shop.catalog.variants.values())
    if "product_id:in" in args:
        wanted = ids(args["product_id:in"])
        found = [v for v in found if v["product_id"] in wanted]
    for name in ("id", "sku", "upc"):
        if name in args:
            found = [v for v in found if str(v[name]) == args[name]]
    rows = [shop.catalog.variant_row(variant) for variant in found]
    return paged(_only(rows, args), request, CATALOG_LIMIT)


def update_variants(shop, request):
    rows = shop.catalog.update_variants(request.json_body())
    for product_id in dict.fromkeys(row["product_id"] for row in rows):
        shop.hooks.product("updated", product_id)
    return {"data": [shop.catalog.variant_row(row) for row in rows], "meta": {}}


def locations(shop, request):
    return paged(list(shop.catalog.locations.values()), request, INVENTORY_LIMIT)


def inventory_items(shop, request):
    args = request.args
    found = [v for v in shop.catalog.variants.values() if shop.catalog.is_tracked(v)]
    for name, field in (("variant_id:in", "id"), ("product_id:in", "product_id")):
        if name in args:
            wanted = ids(args[name])
            found = [v for v in found if v[field] in wanted]
    if "sku:in" in args:
        found = [v for v in found if v["sku"] in args["sku:in"].split(",")]
    rows = [shop.catalog.inventory_row(variant) for variant in found]
    if "location_id:in" in args:
        wanted = ids(args["location_id:in"])
        for row in rows:
            row["locations"] = [
                level for level in row["locations"] if level["location_id"] in wanted
            ]
    return paged(rows, request, INVENTORY_LIMIT)


def set_inventory(shop, request):
    body = request.json_object()
    return {"transaction_id": shop.adjust_inventory(body.get("items"))}


def inventory_settings(shop, request):
    return {
        "data": {
            "product_out_of_stock_behavior": "hide_product",
            "option_out_of_stock_behavior": "hide_option",
            "update_stock_behavior": "order_placed",
            "edit_order_stock_adjustment": True,
            "delete_order_stock_adjustment": True,
            "refund_order_stock_adjustment": True,
            "stock_level_display": "dont_show",
            "default_out_of_stock_message": "",
            "hide_in_product_filtering": False,
            "show_pre_order_stock_levels": False,
            "show_out_of_stock_message": False,
        },
        "meta": {},
    }


def channels(shop, request):
    row = {
        "id": 1,
        "name": shop.name,
        "external_id": "",
        "is_listable_from_ui": True,
        "is_visible": True,
        "is_enabled": True,
        "status": "active",
        "type": "storefront",
        "platform": "bigcommerce",
        "icon_url": "",
        "date_created": "2026-01-01T00:00:00Z",
        "date_modified": "2026-01-01T00:00:00Z",
    }
    return paged([row], request, CATALOG_LIMIT)


def hooks(shop, request):
    return paged(list(shop.hooks.hooks.values()), request, CATALOG_LIMIT)


def create_hook(shop, request):
    return {"data": shop.hooks.create(request.json_object()), "meta": {}}


def hook(shop, request, hook_id):
    return {"data": shop.hooks.get(hook_id), "meta": {}}


def update_hook(shop, request, hook_id):
    return {"data": shop.hooks.update(hook_id, request.json_object()), "meta": {}}


def delete_hook(shop, request, hook_id):
    kept = shop.hooks.get(hook_id)
    del shop.hooks.hooks[hook_id]
    return {"data": kept, "meta": {}}


def ids(text):
    """Return the set of ids of an `:in` filter.

    :raise Problem: 422 when one is no number
    """
    try:
        return {int(part) for part in text.split(",") if part}
    except ValueError as error:
        raise Problem(422, "A list of ids is invalid.") from error


def _only(rows, args):
    """Keep the fields that `include_fields` names; the id always comes along."""
    if "include_fields" not in args:
        return rows
    names = {"id", "variants", "images", *args["include_fields"].split(",")}
    return [{k: v for k, v in row.items() if k in names} for row in rows]


def paged(rows, request, limit_cap):
    """Return a page of rows with `meta.pagination`.

    :raise Problem: 413 for a limit that is too large, 422 for nonsense
    """
    try:
        page = int(request.args.get("page", 1))
        limit = int(request.args.get("limit", 50))
    except ValueError as error:
        raise Problem(422, "page and limit must be integers.") from error
    if limit > limit_cap:
        raise Problem(413, f"limit is at most {limit_cap}.")
    if limit < 1 or page < 1:
        raise Problem(422, "page and limit must be positive.")
    part = rows[(page - 1) * limit : page * limit]
    pages = max(-(-len(rows) // limit), 1)
    links = {"current": f"?page={page}&limit={limit}"}
    if page < pages:
        links["next"] = f"?page={page + 1}&limit={limit}"
    if page > 1:
        links["previous"] = f"?page={page - 1}&limit={limit}"
    pagination = {
        "total": len(rows),
        "count": len(part),
        "per_page": limit,
        "current_page": page,
        "total_pages": pages,
        "links": links,
    }
    return {"data": part, "meta": {"pagination": pagination}}
