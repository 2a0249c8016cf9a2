"""The V3 endpoints: catalog, inventory, refunds, webhooks."""

from .problems import Problem

CATALOG_LIMIT = 250
INVENTORY_LIMIT = 1000


def products(shop, request):
    args = request.args
    found = list(shop.catalog.products.values())
    if "id:in" in args:
        wanted = _ids(args["id:in"])
        found = [p for p in found if p["id"] in wanted]
    if "sku" in args:
        found = [p for p in found if p["sku"] == args["sku"]]
    if "sku:in" in args:
        found = [p for p in found if p["sku"] in args["sku:in"].split(",")]
    if "is_visible" in args:
        found = [p for p in found if p["is_visible"] == (args["is_visible"] == "true")]
    rows = [shop.catalog.product_row(product) for product in found]
    if "variants" in args.get("include", "").split(","):
        for row in rows:
            variants = shop.catalog.variants_of(row["id"])
            row["variants"] = [shop.catalog.variant_row(v) for v in variants]
    return _paged(_only(rows, args), request, CATALOG_LIMIT)


def product(shop, request, product_id):
    return {"data": shop.product(product_id), "meta": {}}


def update_products(shop, request):
    rows = shop.catalog.update_products(request.json_body())
    return {"data": [shop.catalog.product_row(row) for row in rows], "meta": {}}


def variants(shop, request):
    args = request.args
    found = list(shop.catalog.variants.values())
    if "product_id:in" in args:
        wanted = _ids(args["product_id:in"])
        found = [v for v in found if v["product_id"] in wanted]
    for name in ("id", "sku", "upc"):
        if name in args:
            found = [v for v in found if str(v[name]) == args[name]]
    rows = [shop.catalog.variant_row(variant) for variant in found]
    return _paged(_only(rows, args), request, CATALOG_LIMIT)


def update_variants(shop, request):
    rows = shop.catalog.update_variants(request.json_body())
    return {"data": [shop.catalog.variant_row(row) for row in rows], "meta": {}}


def locations(shop, request):
    return _paged(list(shop.catalog.locations.values()), request, INVENTORY_LIMIT)


def inventory_items(shop, request):
    args = request.args
    found = [v for v in shop.catalog.variants.values() if shop.catalog.is_tracked(v)]
    if "variant_id:in" in args:
        found = [v for v in found if v["id"] in _ids(args["variant_id:in"])]
    if "product_id:in" in args:
        found = [v for v in found if v["product_id"] in _ids(args["product_id:in"])]
    if "sku:in" in args:
        found = [v for v in found if v["sku"] in args["sku:in"].split(",")]
    rows = [shop.catalog.inventory_row(variant) for variant in found]
    return _paged(rows, request, INVENTORY_LIMIT)


def set_inventory(shop, request):
    body = request.json_body()
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


def refunds(shop, request):
    wanted = _ids(request.args.get("order_id:in", ""))
    rows = [r for r in shop.refunds if not wanted or r["order_id"] in wanted]
    return _paged(rows, request, CATALOG_LIMIT)


def order_refunds(shop, request, order_id):
    shop.raw_order(order_id)
    rows = [r for r in shop.refunds if r["order_id"] == order_id]
    return {"data": rows, "meta": {}}


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
    return _paged([row], request, CATALOG_LIMIT)


def hooks(shop, request):
    return _paged(list(shop.hooks.hooks.values()), request, CATALOG_LIMIT)


def create_hook(shop, request):
    return {"data": shop.hooks.create(request.json_body()), "meta": {}}


def hook(shop, request, hook_id):
    return {"data": shop.hooks.get(hook_id), "meta": {}}


def update_hook(shop, request, hook_id):
    return {"data": shop.hooks.update(hook_id, request.json_body()), "meta": {}}


def delete_hook(shop, request, hook_id):
    kept = shop.hooks.get(hook_id)
    del shop.hooks.hooks[hook_id]
    return {"data": kept, "meta": {}}


def _ids(text):
    try:
        return {int(part) for part in text.split(",") if part}
    except ValueError as error:
        raise Problem(422, "A list of ids is invalid.") from error


def _only(rows, args):
    """Keep the fields that `include_fields` names; the id always comes along."""
    if "include_fields" not in args:
        return rows
    names = {"id", *args["include_fields"].split(",")}
    return [{k: v for k, v in row.items() if k in names} for row in rows]


def _paged(rows, request, limit_cap):
    try:
        page = int(request.args.get("page", 1))
        limit = int(request.args.get("limit", 50))
    except ValueError as error:
        raise Problem(422, "page and limit must be integers.") from error
    if not 0 < limit <= limit_cap or page < 1:
        raise Problem(422, f"limit must be 1 to {limit_cap}.")
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
