"""/v3/catalog/products (products_catalog.v3.yml)."""

from operator import itemgetter

from ....catalog.product_fields import READABLE
from ....catalog.product_parts import parts_of
from ....formats import parse_moment
from ....problems import Problem
from ..filters import Filter, choice, day, filters, flag, matching, number, whole
from ..query import LIMIT, PAGING, included, only_fields, paged, sort

INCLUDES = (
    "bulk_pricing_rules",
    "channels",
    "custom_fields",
    "images",
    "modifiers",
    "options",
    "parent_relations",
    "primary_image",
    "reviews",
    "variants",
    "videos",
)
# Including these makes the pages small (fact F73).
HEAVY = {"options", "modifiers"}
HEAVY_LIMIT = 10
SORTS = (
    "id",
    "name",
    "sku",
    "price",
    "date_modified",
    "date_last_imported",
    "inventory_level",
    "is_visible",
    "total_sold",
    "calculated_price",
)
RANGE = ("", "in", "not_in", "min", "max", "greater", "less")
CONDITIONS = ("new", "used", "refurbished")


def _moment(name):
    return lambda row: parse_moment(row[name]) if row[name] else None


def _day(name):
    return lambda row: row[name][:10] or None


def _is_low(row):
    return row["inventory_level"] <= row["inventory_warning_level"]


def _imported(*operators):
    return filters(
        "date_last_imported", day, *operators, value=_day("date_last_imported")
    )


FILTERS = {
    **filters("id", whole, *RANGE),
    **filters("channel_id", whole, "in", value=lambda row: 1),
    **filters("name", str),
    **filters("mpn", str),
    **filters("upc", str),
    **filters("price", number),
    **filters("weight", number),
    **filters(
        "condition", choice(*CONDITIONS), value=lambda row: row["condition"].lower()
    ),
    **filters("brand_id", whole),
    **filters("date_modified", day, value=_day("date_modified")),
    **filters(
        "date_modified", parse_moment, "min", "max", value=_moment("date_modified")
    ),
    **_imported("", "not", "min", "max"),
    **filters("is_visible", flag),
    **filters("is_featured", flag),
    **filters("is_free_shipping", flag),
    **filters("inventory_level", whole, *RANGE),
    **filters("inventory_low", flag, value=_is_low),
    **filters("out_of_stock", flag, value=lambda row: row["inventory_level"] <= 0),
    **filters("total_sold", whole),
    **filters("type", choice("digital", "physical")),
    **filters("availability", choice("available", "disabled", "preorder")),
    **filters("sku", str, "", "in"),
    "categories": Filter(whole, "has", itemgetter("categories")),
    "categories:in": Filter(whole, "has_any", itemgetter("categories")),
    "keyword": Filter(str, "within", lambda row: f"{row['name']} {row['sku']}"),
}
SHOWN = ("include", "include_fields", "exclude_fields")
NAMES = (*FILTERS, *SHOWN, "keyword_context", "sort", "direction", *PAGING)


def products(shop, request):
    args = request.args
    includes = included(args, *INCLUDES)
    variants = shop.catalog.variants_by_product()
    rows = [
        shop.catalog.product_row(product, variants[product_id])
        for product_id, product in shop.catalog.products.items()
    ]
    rows = matching(rows, args, FILTERS)
    sort(rows, args, SORTS)
    answer = paged(rows, request, HEAVY_LIMIT if includes & HEAVY else LIMIT)
    return {**answer, "data": _shown(shop, request, answer["data"], includes)}


def product(shop, request, product_id):
    includes = included(request.args, *INCLUDES)
    (row,) = _shown(shop, request, [shop.product(product_id)], includes)
    return {"data": row, "meta": {}}


def update_products(shop, request):
    """Change some products; a field that is not saved makes it 207 (fact F11)."""
    rows, unsaved = shop.catalog.update_products(request.json_body())
    for row in rows:
        shop.hooks.product("updated", row["id"])
    shown = only_fields(
        [shop.catalog.product_row(row) for row in rows], request.args, READABLE
    )
    if not unsaved:
        return {"data": shown, "meta": {}}
    problem = Problem(207, "A part of the products was not saved.", unsaved)
    return {"data": shown, "errors": problem.body("v3"), "meta": {}}, 207


def _shown(shop, request, rows, includes):
    """Return the rows as a query wants them: what it includes, the fields it names."""
    whole_rows = []
    for row in rows:
        parts = parts_of(shop.catalog, row["id"], request.host_url)
        whole_rows.append({**row, **{name: parts[name]() for name in includes}})
    return only_fields(whole_rows, request.args, READABLE, includes)
