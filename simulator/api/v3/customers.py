"""The V3 endpoints about money and customers (orders.v3.yml, customers.v3.yml)."""

from datetime import datetime

from ...formats import iso, parse_moment
from ...problems import Problem
from .catalog.products import CATALOG_LIMIT, ids, paged

# payment method's text: (method, gateway)
GATEWAYS = {
    "Credit Card": ("credit_card", "stripe"),
    "PayPal": ("electronic_wallet", "paypalexpress"),
}
TENDERS = (
    ("gift_certificate_amount", "gift_certificate", "giftcertificate"),
    ("store_credit_amount", "store_credit", "storecredit"),
)


def refunds(shop, request):
    args = request.args
    rows = shop.refunds
    for name, field in (("order_id:in", "order_id"), ("id:in", "id")):
        if name in args:
            wanted = ids(args[name])
            rows = [row for row in rows if row[field] in wanted]
    low, high = _moment(args, "created:min"), _moment(args, "created:max")
    rows = [row for row in rows if _between(row["created"], low, high)]
    return paged(rows, request, CATALOG_LIMIT)


def pickups(shop, request):
    wanted = ids(request.args.get("order_id:in", ""))
    return {"data": shop.pickups.of_orders(wanted)}


def create_pickups(shop, request):
    return {"data": shop.pickups.create(request.json_body()), "meta": {}}


def order_refunds(shop, request, order_id):
    shop.raw_order(order_id)
    rows = [row for row in shop.refunds if row["order_id"] == order_id]
    return {"data": rows, "meta": {}}


def transactions(shop, request, order_id):
    """Return what was paid when the order was placed: tenders, then the rest."""
    kept = shop.raw_order(order_id)
    due, rows = float(kept["total_inc_tax"]), []
    for field, method, gateway in TENDERS:
        amount = float(kept[field])
        due -= amount
        if amount:
            rows.append(_transaction(kept, len(rows), method, gateway, amount))
    if kept["payment_status"] in ("captured", "paid", "authorized") and due > 0:
        names = GATEWAYS.get(kept["payment_method"], ("custom", "custom"))
        rows.append(_transaction(kept, len(rows), *names, round(due, 2)))
    if not rows:
        return None, 204
    return paged(rows, request, CATALOG_LIMIT)


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
    return paged(rows, request, CATALOG_LIMIT)


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


def _transaction(kept, place, method, gateway, amount):
    return {
        "id": kept["id"] * 10 + place,
        "order_id": str(kept["id"]),
        "event": "purchase",
        "method": method,
        "amount": amount,
        "currency": kept["default_currency_code"],
        "gateway": gateway,
        "gateway_transaction_id": kept["payment_provider_id"],
        "test": True,
        "status": "ok",
        "fraud_review": False,
        "date_created": iso(parse_moment(kept["date_created"])),
    }


def _moment(args, name):
    try:
        return parse_moment(args[name]) if name in args else None
    except (TypeError, ValueError) as error:
        raise Problem(422, f"{name} is no date.") from error


def _between(text, low, high):
    moment = datetime.fromisoformat(text)
    return (low is None or moment >= low) and (high is None or moment <= high)
