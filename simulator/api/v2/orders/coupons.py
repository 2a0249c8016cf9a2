"""/v2/orders/{id}/coupons."""

from ..query import page


def coupons(shop, request, order_id):
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
