"""Which function answers which method and path of V2."""

from . import currencies, order_statuses, payments, shipping, store
from .orders import (
    consignments,
    coupons,
    fees,
    messages,
    orders,
    products,
    shipments,
    shipping_addresses,
    taxes,
)

ORDER = "/v2/orders/<int:order_id>"

ROUTES = [
    ("GET", "/v2/store", store.store),
    ("GET", "/v2/time", store.time),
    ("GET", "/v2/order_statuses", order_statuses.order_statuses),
    ("GET", "/v2/order_statuses/<int:status_id>", order_statuses.order_status),
    ("GET", "/v2/currencies", currencies.currencies),
    ("GET", "/v2/shipping/zones", shipping.zones),
    ("GET", "/v2/shipping/zones/<int:zone_id>/methods", shipping.methods),
    ("GET", "/v2/payments/methods", payments.methods),
    ("GET", "/v2/orders", orders.orders),
    ("DELETE", "/v2/orders", orders.archive_all_orders),
    ("GET", "/v2/orders/count", orders.order_count),
    ("GET", ORDER, orders.order),
    ("PUT", ORDER, orders.update_order),
    ("DELETE", ORDER, orders.archive_order),
    ("GET", f"{ORDER}/products", products.products),
    ("GET", f"{ORDER}/products/<int:line_id>", products.product),
    ("GET", f"{ORDER}/shipping_addresses", shipping_addresses.shipping_addresses),
    ("GET", f"{ORDER}/coupons", coupons.coupons),
    ("GET", f"{ORDER}/taxes", taxes.taxes),
    ("GET", f"{ORDER}/fees", fees.fees),
    ("GET", f"{ORDER}/messages", messages.messages),
    ("GET", f"{ORDER}/consignments", consignments.consignments),
    ("GET", f"{ORDER}/shipments", shipments.shipments),
    ("DELETE", f"{ORDER}/shipments", shipments.delete_shipments),
    ("POST", f"{ORDER}/shipments", shipments.create_shipment),
    ("GET", f"{ORDER}/shipments/count", shipments.shipment_count),
    ("GET", f"{ORDER}/shipments/<int:shipment_id>", shipments.shipment),
    ("PUT", f"{ORDER}/shipments/<int:shipment_id>", shipments.update_shipment),
    ("DELETE", f"{ORDER}/shipments/<int:shipment_id>", shipments.delete_shipment),
]
