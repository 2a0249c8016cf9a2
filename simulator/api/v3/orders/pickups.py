"""/v3/orders/pickups: what shoppers collected (pickup.v3.yml)."""

from ..query import ids


def pickups(shop, request):
    wanted = ids(request.args.get("order_id:in", ""))
    return {"data": shop.pickups.of_orders(wanted)}


def create_pickups(shop, request):
    return {"data": shop.pickups.create(request.json_body()), "meta": {}}
