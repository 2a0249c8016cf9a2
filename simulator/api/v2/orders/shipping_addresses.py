"""/v2/orders/{id}/shipping_addresses."""

from ....orders.consignments import link
from ..query import page


def shipping_addresses(shop, request, order_id):
    rows = shop.raw_order(order_id)["_addresses"]
    return [_address_row(address, order_id) for address in page(rows, request)]


def _address_row(address, order_id):
    row = {k: f"{v:.4f}" if hasattr(v, "quantize") else v for k, v in address.items()}
    quotes = link(
        f"/orders/{order_id}/shippingaddresses/{address['id']}/shipping_quotes"
    )
    return {**row, "order_id": order_id, "shipping_quotes": quotes}
