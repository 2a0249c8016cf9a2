"""/v3/customers (customers.v3.yml)."""

from ...formats import iso
from .query import LIMIT, ids, paged


def customers(shop, request):
    args = request.args
    rows = _customers(shop)
    if "id:in" in args:
        wanted = ids(args["id:in"])
        rows = [row for row in rows if row["id"] in wanted]
    if "email:in" in args:
        rows = [row for row in rows if row["email"] in args["email:in"].split(",")]
    if "addresses" not in args.get("include", ""):
        rows = [{k: v for k, v in row.items() if k != "addresses"} for row in rows]
    return paged(rows, request, LIMIT)


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
