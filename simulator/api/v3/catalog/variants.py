"""/v3/catalog/variants (product-variants_catalog.v3.yml)."""

from ..query import LIMIT, ids, only_fields, paged


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
    return paged(only_fields(rows, args), request, LIMIT)


def update_variants(shop, request):
    rows = shop.catalog.update_variants(request.json_body())
    for product_id in dict.fromkeys(row["product_id"] for row in rows):
        shop.hooks.product("updated", product_id)
    return {"data": [shop.catalog.variant_row(row) for row in rows], "meta": {}}
