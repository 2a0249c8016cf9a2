"""/v3/inventory: locations, levels, adjustments (inventory.v3.yml)."""

from .query import ids, paged

LIMIT = 1000


def locations(shop, request):
    return paged(list(shop.catalog.locations.values()), request, LIMIT)


def items(shop, request):
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
    return paged(rows, request, LIMIT)


def adjust(shop, request):
    body = request.json_object()
    return {"transaction_id": shop.inventory.adjust(body.get("items"))}
