"""/v2/orders: orders as a whole (orders.v2.oas2.yml)."""

from ....fields import check_v2, nullable, text, whole
from ....orders.consignments import consignments, link
from ....orders.statuses import STATUSES
from ....problems import Problem
from ..query import check_includes, choice, page
from .filters import matching

# Lines of one consignment in a list; more are left out with a warning.
LINE_CAP = 50
INCLUDES = ("consignments", "consignments.line_items", "fees")
# What may be changed of an order here; the specification has more.
FIELDS = {
    "status_id": whole(),
    "staff_notes": text(65_535),
    "customer_message": text(),
    "external_order_id": nullable(text()),
}


def orders(shop, request):
    rows = page(matching(shop.book.orders.values(), request.args), request)
    return [_order_row(order, request) for order in rows]


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
    return _order_row(shop.raw_order(order_id), request)


def update_order(shop, request, order_id):
    kept = shop.raw_order(order_id)
    body = request.json_object()
    _check_update(body)
    changed = {name: body[name] for name in body if name != "status_id"}
    status_id = body.get("status_id", kept["status_id"])
    if status_id != kept["status_id"]:
        kept.update(changed)
        shop.set_status(order_id, status_id)
    else:
        shop.edit_order(order_id, **changed)
    return _order_row(kept, request)


def archive_order(shop, request, order_id):
    shop.raw_order(order_id)
    shop.archive([order_id])
    return None, 204


def archive_all_orders(shop, request):
    """An empty id in a path ends here: every order is archived."""
    shop.archive(list(shop.book.orders))
    return None, 204


def _order_row(kept, request):
    """Return an order as a list shows it, with the includes that were asked for."""
    includes = check_includes(request.args, *INCLUDES)
    structure = choice(request.args, "consignment_structure", "object")
    order_id = kept["id"]
    row = {k: v for k, v in kept.items() if not k.startswith("_")}
    for name in ("products", "shipping_addresses", "coupons", "consignments", "fees"):
        # the link spells another path than the documented one (fact F32)
        row[name] = link(f"/orders/{order_id}/{name.replace('_', '')}")
    if includes - {"fees"}:
        parts = consignments(kept, "consignments.line_items" in includes, LINE_CAP)
        row["consignments"] = parts if structure else [parts]
    if "fees" in includes:
        row["fees"] = kept["_fees"]
    return row


def _check_update(body):
    if not body:
        raise Problem(400, "The body names no field.")
    check_v2(body, FIELDS)
    if body.get("status_id", 0) not in STATUSES:
        raise Problem(400, "The field 'status_id' is invalid.")
