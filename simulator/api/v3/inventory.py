"""/v3/inventory: locations, levels, adjustments (inventory.v3.yml)."""

from operator import itemgetter

from ...catalog.locations import DEFAULT_LOCATION
from .filters import filters, flag, matching, whole
from .query import PAGING, paged

LIMIT = 1000
LOCATION_FILTERS = {
    **filters("location_id", whole, "in", value=itemgetter("id")),
    **filters("location_code", str, "in", value=itemgetter("code")),
    **filters("is_default", flag, value=lambda row: row["id"] == DEFAULT_LOCATION),
    **filters("type_id", str, "in"),
    **filters("managed_by_external_source", flag),
    **filters("is_active", flag, value=itemgetter("enabled")),
    **filters("storefront_visibility", flag),
}
LOCATION_NAMES = (*LOCATION_FILTERS, *PAGING)
ITEM_FILTERS = {
    **filters("sku", str, "in"),
    **filters("variant_id", whole, "in", value=itemgetter("id")),
    **filters("product_id", whole, "in"),
}
LEVEL_FILTERS = {
    **filters("location_id", whole, "in"),
    **filters("location_code", str, "in"),
}
ITEM_NAMES = (*ITEM_FILTERS, *LEVEL_FILTERS, *PAGING)


def locations(shop, request):
    rows = matching(shop.catalog.locations.values(), request.args, LOCATION_FILTERS)
    return paged(rows, request, LIMIT)


def items(shop, request):
    """Return levels of tracked items; a location's filter is for its levels."""
    catalog = shop.catalog
    found = [row for row in catalog.variants.values() if catalog.is_tracked(row)]
    answer = paged(matching(found, request.args, ITEM_FILTERS), request, LIMIT)
    rows = [catalog.inventory_row(variant) for variant in answer["data"]]
    for row in rows:
        row["locations"] = matching(row["locations"], request.args, LEVEL_FILTERS)
    return {**answer, "data": rows}


def adjust(shop, request):
    return {"transaction_id": shop.inventory.adjust(request.json_object())}
