"""The V2 endpoints: settings, orders, shipments (orders.v2.oas2.yml and others)."""

from ....orders.consignments import consignments, link, plain
from ....orders.statuses import STATUSES, status_rows
from ....pricing.totals import decimals_of
from ....problems import NotFound, Problem
from .filters import integer, matching

MAX_LIMIT = 250
# Lines of one consignment in a list; more are left out with a warning.
LINE_CAP = 50
# What may be changed of an order besides its status.
WRITABLE = ("staff_notes", "customer_message", "external_order_id")
SHIPPING_METHODS = ("Flat Rate", "Express Courier", "Free Shipping")


def store(shop, request):
    return shop.store_info()


def clock(shop, request):
    return {"time": int(shop.now().timestamp())}


def order_statuses(shop, request):
    return status_rows()


def order_status(shop, request, status_id):
    if status_id not in STATUSES:
        raise NotFound()
    return next(row for row in status_rows() if row["id"] == status_id)


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
            "decimal_places": decimals_of(shop.currency),
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
    return page(methods, request)


def orders(shop, request):
    rows = page(matching(shop.book.orders.values(), request.args), request)
    return [order_row(order, request, LINE_CAP) for order in rows]


def order_count(shop, request):
    found = matching(shop.book.orders.values(), request.args)
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
    body = request.json_object()
    _check_update(body)
    changed = {name: body[name] for name in WRITABLE if name in body}
    status_id = body.get("status_id", kept["status_id"])
    if status_id != kept["status_id"]:
        kept.update(changed)
        shop.set_status(order_id, status_id)
    else:
        shop.edit_order(order_id, **changed)
    return order_row(kept, request, LINE_CAP)


def archive_order(shop, request, order_id):
    shop.raw_order(order_id)
    shop.archive([order_id])
    return None, 204


def archive_all_orders(shop, request):
    """An empty id in a path ends here: every order is archived."""
    shop.archive(list(shop.book.orders))
    return None, 204


def order_products(shop, request, order_id):
    return plain(page(shop.raw_order(order_id)["_lines"], request))


def order_addresses(shop, request, order_id):
    rows = shop.raw_order(order_id)["_addresses"]
    return [_address_row(address, order_id) for address in page(rows, request)]


def order_coupons(shop, request, order_id):
    kept = shop.raw_order(order_id)
    codes = {
        discount["code"]: discount
        for line in kept["_lines"]
        for discount in line["applied_discounts"]
        if discount["id"] == "coupon"
    }
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
    return page(rows, request)


def shipments(shop, request, order_id):
    shop.raw_order(order_id)
    return page(shop.despatch.of_order(order_id), request)


def shipment(shop, request, order_id, shipment_id):
    return shop.despatch.get(order_id, shipment_id)


def shipment_count(shop, request, order_id):
    shop.raw_order(order_id)
    return {"count": len(shop.despatch.of_order(order_id))}


def create_shipment(shop, request, order_id):
    kept = shop.raw_order(order_id)
    return shop.despatch.create(kept, request.json_object()), 201


def update_shipment(shop, request, order_id, shipment_id):
    kept = shop.despatch.get(order_id, shipment_id)
    order = shop.raw_order(order_id)
    return shop.despatch.update(order, kept, request.json_object())


def delete_shipment(shop, request, order_id, shipment_id):
    kept = shop.despatch.get(order_id, shipment_id)
    shop.despatch.delete(shop.raw_order(order_id), [kept])
    return None, 204


def delete_shipments(shop, request, order_id):
    """An empty id in a path ends here: every shipment of the order goes."""
    kept = shop.raw_order(order_id)
    shop.despatch.delete(kept, shop.despatch.of_order(order_id))
    return None, 204


def order_row(kept, request, line_cap):
    """Return an order as a list shows it, with the includes that were asked for."""
    includes = set(filter(None, request.args.get("include", "").split(",")))
    unknown = includes - {"consignments", "consignments.line_items", "fees"}
    if unknown:
        raise Problem(400, f"The include {sorted(unknown)} is invalid.")
    order_id = kept["id"]
    row = {k: v for k, v in kept.items() if not k.startswith("_")}
    for name in ("products", "shipping_addresses", "coupons", "consignments", "fees"):
        # the link spells another path than the documented one (section 4.1)
        row[name] = link(f"/orders/{order_id}/{name.replace('_', '')}")
    if includes - {"fees"}:
        whole = consignments(kept, "consignments.line_items" in includes, line_cap)
        as_object = request.args.get("consignment_structure") == "object"
        row["consignments"] = whole if as_object else [whole]
    if "fees" in includes:
        row["fees"] = kept["_fees"]
    return row


def _check_update(body):
    if not body:
        raise Problem(400, "The body names no field.")
    unknown = sorted(body.keys() - {"status_id", *WRITABLE})
    if unknown:
        raise Problem(400, f"The fields {unknown} are not simulated.")
    status_id = body.get("status_id", 0)
    if isinstance(status_id, bool) or status_id not in STATUSES:
        raise Problem(400, "The field 'status_id' is invalid.")
    for name in WRITABLE:
        if not isinstance(body.get(name, ""), str):
            raise Problem(400, f"The field '{name}' is invalid.")


def _address_row(address, order_id):
    row = {k: f"{v:.4f}" if hasattr(v, "quantize") else v for k, v in address.items()}
    quotes = link(
        f"/orders/{order_id}/shippingaddresses/{address['id']}/shipping_quotes"
    )
    return {**row, "order_id": order_id, "shipping_quotes": quotes}


def page(rows, request):
    """Return the rows of the page that a request asks for.

    :raise Problem: 400 for a page or limit that does not exist
    """
    limit = integer(request.args, "limit", 50)
    number = integer(request.args, "page", 1)
    if not 0 < limit <= MAX_LIMIT or number < 1:
        raise Problem(400, "The field 'limit' or 'page' is invalid.")
    return rows[(number - 1) * limit : number * limit]
