"""/v2/orders/{id}/messages: nobody writes any."""


def messages(shop, request, order_id):
    shop.raw_order(order_id)
    return []
