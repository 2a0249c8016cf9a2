"""The page in the browser, and what it needs: all outside the API."""

import json
from pathlib import Path

from werkzeug.wrappers import Response

from ..catalog.inventory import OutOfStock
from ..problems import Problem

PAGE = Path(__file__).with_name("page.html")
LAST_CALLS = 30


def answer(sim, request):
    """Answer a request that is none to the API."""
    actions = {"/sim/buy": _buy, "/sim/status": _status, "/sim/faults": _fault}
    if request.path == "/" and request.method == "GET":
        return Response(PAGE.read_text(), content_type="text/html; charset=utf-8")
    if request.path.startswith("/images/") and request.method == "GET":
        return _image(sim, request.path)
    if request.path == "/sim/state" and request.method == "GET":
        return _json(state(sim))
    if request.path in actions and request.method == "POST":
        try:
            return _json(actions[request.path](sim, request.json_body()))
        except (Problem, OutOfStock, KeyError, ValueError) as error:
            return _json({"error": str(error)}, 400)
    return _json({"error": "not found"}, 404)


def state(sim):
    """Return all that the page shows."""
    shop = sim.shop
    with shop.lock:
        shop.catch_up()
        return {
            "name": shop.name,
            "api_path": sim.api_path,
            "token": sim.token,
            "products": [_product(shop, p) for p in shop.catalog.products.values()],
            "orders": [_order(shop, o) for o in reversed(shop.book.orders.values())],
            "mails": shop.mails[:-21:-1],
            "mail_count": len(shop.mails),
            "calls": [
                {
                    "method": c.method,
                    "path": c.path,
                    "query": c.query,
                    "status": c.status,
                }
                for c in sim.calls[: -LAST_CALLS - 1 : -1]
            ],
            "call_count": len(sim.calls),
            "faults": [
                {"kind": f.kind, "times": f.times} for f in sim.faults.faults if f.times
            ],
        }


def _product(shop, product):
    return {
        "id": product["id"],
        "name": product["name"],
        "price": product["price"],
        "is_visible": product["is_visible"],
        "tracking": product["inventory_tracking"],
        "variants": [
            {
                "sku": variant["sku"],
                "options": " / ".join(o["label"] for o in variant["option_values"]),
                "stock": shop.catalog.on_hand(variant),
            }
            for variant in shop.catalog.variants_of(product["id"])
        ],
    }


def _order(shop, order):
    return {
        "id": order["id"],
        "status": order["status"],
        "customer": f"{order['billing_address']['first_name']} "
        f"{order['billing_address']['last_name']}",
        "total": order["total_inc_tax"],
        "currency": order["default_currency_code"],
        "items": f"{order['items_shipped']} of {order['items_total']}",
        "shipments": [
            {"id": s["id"], "tracking": s["tracking_number"], "comments": s["comments"]}
            for s in shop.despatch.of_order(order["id"])
        ],
    }


def _buy(sim, body):
    order_id = sim.shop.buy([(body["sku"], int(body.get("quantity", 1)))])
    return {"order_id": order_id}


def _status(sim, body):
    sim.shop.set_status(int(body["order_id"]), int(body["status_id"]))
    return {"order_id": body["order_id"]}


def _fault(sim, body):
    if body.get("kind") == "clear":
        sim.faults.clear()
    else:
        sim.faults.add(**body)
    return {"faults": len(sim.faults.faults)}


def _image(sim, path):
    number = path.removeprefix("/images/").removesuffix(".png")
    for product in sim.shop.catalog.products.values():
        if str(product["id"]) == number and product["_image"]:
            return Response(product["_image"], content_type="image/png")
    return Response(status=404)


def _json(body, status=200):
    return Response(json.dumps(body), status, content_type="application/json")
