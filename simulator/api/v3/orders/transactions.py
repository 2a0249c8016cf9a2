"""/v3/orders/{id}/transactions: how an order was paid (orders.v3.yml)."""

from ....formats import iso, parse_moment
from ..query import paged

# payment method's text: (method, gateway)
GATEWAYS = {
    "Credit Card": ("credit_card", "stripe"),
    "PayPal": ("electronic_wallet", "paypalexpress"),
}
TENDERS = (
    ("gift_certificate_amount", "gift_certificate", "giftcertificate"),
    ("store_credit_amount", "store_credit", "storecredit"),
)


def transactions(shop, request, order_id):
    """Return what was paid when the order was placed: tenders, then the rest."""
    kept = shop.raw_order(order_id)
    due, rows = float(kept["total_inc_tax"]), []
    for field, method, gateway in TENDERS:
        amount = float(kept[field])
        due -= amount
        if amount:
            rows.append(_transaction(kept, len(rows), method, gateway, amount))
    if kept["payment_status"] in ("captured", "paid", "authorized") and due > 0:
        names = GATEWAYS.get(kept["payment_method"], ("custom", "custom"))
        rows.append(_transaction(kept, len(rows), *names, round(due, 2)))
    if not rows:
        return None, 204
    return paged(rows, request)


def _transaction(kept, place, method, gateway, amount):
    return {
        "id": kept["id"] * 10 + place,
        "order_id": str(kept["id"]),
        "event": "purchase",
        "method": method,
        "amount": amount,
        "currency": kept["default_currency_code"],
        "gateway": gateway,
        "gateway_transaction_id": kept["payment_provider_id"],
        "test": True,
        "status": "ok",
        "fraud_review": False,
        "date_created": iso(parse_moment(kept["date_created"])),
    }
