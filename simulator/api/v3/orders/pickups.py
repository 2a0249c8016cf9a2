"""/v3/orders/pickups: what shoppers collected (pickup.v3.yml)."""

from operator import itemgetter

from ..filters import filters, matching, whole

FILTERS = {
    **filters("order_id", whole, "in"),
    **filters("pickup_id", whole, "in", value=itemgetter("id")),
}


def pickups(shop, request):
    """Return pickups of some orders; without a filter there are none."""
    rows = shop.pickups.pickups.values() if request.args else ()
    return {"data": matching(rows, request.args, FILTERS)}


def create_pickups(shop, request):
    return {"data": shop.pickups.create(request.json_body()), "meta": {}}
