"""/v2/orders/{id}/fees."""


def fees(shop, request, order_id):
    return {"fees": shop.raw_order(order_id)["_fees"]}
