"""/v3/customers (customers.v3.yml)."""

from operator import itemgetter

from ...formats import iso, parse_moment
from .filters import choice, filters, matching, read, whole
from .query import PAGING, included, paged

INCLUDES = (
    "addresses",
    "storecredit",
    "attributes",
    "formfields",
    "shopper_profile_id",
    "segment_ids",
)
SORTS = ("date_created", "last_name", "date_modified")


def _moment(name):
    return lambda row: parse_moment(row[name])


def _full_name(row):
    return f"{row['first_name']} {row['last_name']}"


FILTERS = {
    **filters("id", whole, "in"),
    **filters("company", str, "in"),
    **filters("customer_group_id", str, "in", value=lambda row: "0"),
    **filters(
        "date_created", parse_moment, "", "min", "max", value=_moment("date_created")
    ),
    **filters(
        "date_modified", parse_moment, "", "min", "max", value=_moment("date_modified")
    ),
    **filters("email", str, "in"),
    **filters("name", str, "in", "like", value=_full_name),
    **filters("phone", str, "in"),
    **filters("registration_ip_address", str, "in"),
}
NAMES = (*FILTERS, "include", "sort", *PAGING)


def customers(shop, request):
    args = request.args
    includes = included(args, *INCLUDES)
    rows = matching(_customers(shop), args, FILTERS)
    sorts = [f"{name}:{way}" for name in SORTS for way in ("asc", "desc")]
    if order := read(args, "sort", choice(*sorts)):
        name, way = order.split(":")
        rows.sort(key=itemgetter(name), reverse=way == "desc")
    if "addresses" not in includes:
        rows = [{k: v for k, v in row.items() if k != "addresses"} for row in rows]
    return paged(rows, request)


def _customers(shop):
    """Return the registered customers: all that the orders speak of, by id."""
    found = {}
    for kept in shop.book.orders.values():
        if kept["customer_id"]:
            found.setdefault(kept["customer_id"], kept["billing_address"])
    moment = iso(shop.now())
    return [
        {
            "id": customer_id,
            "email": address["email"],
            "first_name": address["first_name"],
            "last_name": address["last_name"],
            "company": address["company"],
            "phone": address["phone"],
            "customer_group_id": 0,
            "tax_exempt_category": "",
            "notes": "",
            "registration_ip_address": "192.0.2.1",
            "date_created": moment,
            "date_modified": moment,
            "address_count": 1,
            "addresses": [_address(customer_id, address)],
        }
        for customer_id, address in sorted(found.items())
    ]


def _address(customer_id, address):
    return {
        "id": customer_id,
        "customer_id": customer_id,
        "first_name": address["first_name"],
        "last_name": address["last_name"],
        "company": address["company"],
        "address1": address["street_1"],
        "address2": address["street_2"],
        "city": address["city"],
        "state_or_province": address["state"],
        "postal_code": address["zip"],
        "country": address["country"],
        "country_code": address["country_iso2"],
        "phone": address["phone"],
        "address_type": "residential",
    }
