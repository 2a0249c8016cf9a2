"""/v3/catalog/variants (product-variants_catalog.v3.yml)."""

from ....catalog.variants import READABLE
from ..filters import filters, matching, whole
from ..query import PAGING, only_fields, paged

FILTERS = {
    **filters("id", whole),
    **filters("sku", str),
    **filters("upc", str),
    **filters("product_id", whole, "in"),
}
NAMES = (*FILTERS, "include_fields", "exclude_fields", *PAGING)


def variants(shop, request):
    found = matching(shop.catalog.variants.values(), request.args, FILTERS)
    answer = paged(found, request)
    rows = [shop.catalog.variant_row(variant) for variant in answer["data"]]
    return {**answer, "data": only_fields(rows, request.args, READABLE)}


def update_variants(shop, request):
    rows = shop.catalog.update_variants(request.json_body())
    for product_id in dict.fromkeys(row["product_id"] for row in rows):
        shop.hooks.product("updated", product_id)
    return {"data": [shop.catalog.variant_row(row) for row in rows], "meta": {}}
