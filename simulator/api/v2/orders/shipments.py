"""/v2/orders/{id}/shipments: what was sent of an order."""

from ..query import page


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
