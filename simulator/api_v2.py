"""The V2 endpoints: settings, orders, shipments (orders.v2.oas2.yml and others)."""

import time

from .consignments import consignments, link
from .formats import parse_moment
from .problems import Problem
from .statuses import STATUSES, status_rows

MAX_LIMIT = 250
# Lines of one consignment in a list; more are left out with a warning.
LINE_CAP = 50
SHIPPING_METHODS = ("Flat Rate", "Express Courier", "Free Shipping")


def store(shop, request):
    return shop.store_info()


def clock(shop, request):
    return {"time": int(time.time())}


def order_statuses(shop, request):
    return status_rows()


def currencies(shop, request):
    return [
        {
            "id": 1,
            "is_default": True,
            "last_updated": "Mon, 02 Mar 2026 09:15:04 +0000",
            "country_iso2": "US",
            "default_for_country_codes": ["USA"],
            "currency_code": shop.currency,
            "currency_exchange_rate": "1.0000000000",
            "name": shop.currency,
            "token": "$",
            "auto_update": False,
            "token_location": "left",
            "decimal_token": ".",
            "thousands_token": ",",
            "decimal_places": 2,
            "enabled": True,
            "is_transactional": True,
        }
    ]


def shipping_zones(shop, request):
    return [{"id": 1, "name": "Everywhere", "type": "global", "enabled": True}]


def shipping_methods(shop, request, zone_id):
    return [
        {"id": place, "name": name, "type": "perorder", "enabled": True}
        for place, name in enumerate(SHIPPING_METHODS, 1)
    ]


def payment_methods(shop, request):
    methods = [
        {"name": "Credit Card", "code": "card", "test_mode": False},
        {"name": "Bank Deposit", "code": "bankdeposit", "test_mode": False},
    ]
    return _page(methods, request)


def orders(shop, request):
    found = [o for o in shop.book.orders.values() if _matches(o, request.args)]
    _sort(found, request.args.get("sort", "id"))
    rows = _page(found, request)
    return [order_row(order, request, LINE_CAP) for order in rows]


def order_count(shop, request):
    found = [o for o in shop.book.orders.values() if _matches(o, request.args)]
    return {
        "count": len(found),
        "statuses": [
            {
                "id": status_id,
                "name": name,
                "count": sum(o["status_id"] == status_id for o in found),
            }
            for status_id, (name, _place) in STATUSES.items()
        ],
    }


def order(shop, request, order_id):
    return order_row(shop.raw_order(order_id), request, LINE_CAP)


def update_order(shop, request, order_id):
    kept = shop.raw_order(order_id)
    body = request.json_body()
    if "status_id" in body:
        if body["status_id"] not in STATUSES:
            raise Problem(400, "The field 'status_id' is invalid.")
        if body["status_id"] != kept["status_id"]:
            shop.set_status(order_id, body["status_id"])
        else:
            shop.touch(kept)
    texts = ("staff_notes", "customer_message", "external_order_id")
    changed = {name: body[name] for name in texts if name in body}
    unknown = body.keys() - {"status_id", *texts}
    if unknown:
        raise Problem(400, f"The fields {sorted(unknown)} are not simulated.")
    if changed:
        shop.edit_order(order_id, **changed)
    return order_row(kept, request, LINE_CAP)


def order_products(shop, request, order_id):
    return _page(shop.raw_order(order_id)["_lines"], request)


def order_addresses(shop, request, order_id):
    rows = shop.raw_order(order_id)["_addresses"]
    return [_address_row(address, order_id) for address in _page(rows, request)]


def order_coupons(shop, request, order_id):
    kept = shop.raw_order(order_id)
    codes = {d["code"]: d for line in kept["_lines"] for d in line["applied_discounts"]}
    rows = [
        {
            "id": place,
            "coupon_id": place,
            "order_id": order_id,
            "code": code,
            "amount": discount["name"].split("%")[0],
            "type": 1,
            "discount": float(kept["coupon_discount"]),
        }
        for place, (code, discount) in enumerate(codes.items(), 1)
    ]
    return _page(rows, request)


def shipments(shop, request, order_id):
    shop.raw_order(order_id)
    return _page(shop.despatch.of_order(order_id), request)


def shipment(shop, request, order_id, shipment_id):
    return shop.despatch.get(order_id, shipment_id)


def create_shipment(shop, request, order_id):
    kept = shop.raw_order(order_id)
    return shop.despatch.create(kept, request.json_body()), 201


def update_shipment(shop, request, order_id, shipment_id):
    kept = shop.despatch.get(order_id, shipment_id)
    return shop.despatch.update(kept, request.json_body())


def order_row(kept, request, line_cap):
    """Return an order as a list shows it, with the includes that were asked for."""
    includes = set(filter(None, request.args.get("include", "").split(",")))
    unknown = includes - {"consignments", "consignments.line_items", "fees"}
    if unknown:
        raise Problem(400, f"The include {sorted(unknown)} is invalid.")
    order_id = kept["id"]
    row = {k: v for k, v in kept.items() if not k.startswith("_")}
    for name in ("products", "shipping_addresses", "coupons", "consignments", "fees"):
        row[name] = link(f"/orders/{order_id}/{name}")
    if includes - {"fees"}:
        whole = consignments(kept, "consignments.line_items" in includes, line_cap)
        as_object = request.args.get("consignment_structure") == "object"
        row["consignments"] = whole if as_object else [whole]
    if "fees" in includes:
        row["fees"] = kept["_fees"]
    return row


def _address_row(address, order_id):
    row = {k: f"{v:.4f}" if hasattr(v, "quantize") else v for k, v in address.items()}
    quotes = link(
        f"/orders/{order_id}/shippingaddresses/{address['id']}/shipping_quotes"
    )
    return {**row, "order_id": order_id, "shipping_quotes": quotes}


def _matches(kept, args):
    exact = ("customer_id", "status_id", "channel_id")
    for name in exact:
        if name in args and kept[name] != _integer(args, name):
            return False
    if kept["id"] < _integer(args, "min_id", 0):
        return False
    if kept["id"] > _integer(args, "max_id", 2**63):
        return False
    if "email" in args and kept["billing_address"]["email"] != args["email"]:
        return False
    return all(
        _in_time(kept[f"date_{kind}"], args, f"min_date_{kind}", f"max_date_{kind}")
        for kind in ("created", "modified")
    )


def _in_time(text, args, low, high):
    try:
        moment = parse_moment(text)
        return (low not in args or moment >= parse_moment(args[low])) and (
            high not in args or moment <= parse_moment(args[high])
        )
    except (ValueError, TypeError) as error:
        raise Problem(400, "The field 'date' is invalid.") from error


def _sort(found, text):
    name, _sign, direction = text.partition(":")
    if name not in ("id", "customer_id", "date_created", "date_modified", "status_id"):
        raise Problem(400, "The field 'sort' is invalid.")

    def key(kept):
        value = kept[name]
        return parse_moment(value) if name.startswith("date") else value

    found.sort(key=key, reverse=direction == "desc")


def _page(rows, request):
    limit = _integer(request.args, "limit", 50)
    page = _integer(request.args, "page", 1)
    if not 0 < limit <= MAX_LIMIT or page < 1:
        raise Problem(400, "The field 'limit' or 'page' is invalid.")
    return rows[(page - 1) * limit : page * limit]


def _integer(args, name, default=None):
    try:
        return int(args.get(name, default))
    except (TypeError, ValueError) as error:
        raise Problem(400, f"The field '{name}' is invalid.") from error
