"""Which function answers which method and path of V2, and what its query may name."""

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
from .orders.filters import NAMES
from .products import products as catalog_products
from .products import skus
from .query import PAGING

ORDER = "/v2/orders/<int:order_id>"
PRODUCT = "/v2/products/<int:product_id>"
INCLUDES = ("include", "consignment_structure")

ROUTES = [
    ("GET", "/v2/store", store.store),
    ("GET", "/v2/time", store.time),
    ("GET", "/v2/order_statuses", order_statuses.order_statuses),
    ("GET", "/v2/order_statuses/<int:status_id>", order_statuses.order_status),
    ("GET", "/v2/currencies", currencies.currencies, *PAGING),
    ("GET", "/v2/shipping/zones", shipping.zones),
    ("GET", "/v2/shipping/zones/<int:zone_id>/methods", shipping.methods),
    ("GET", "/v2/payments/methods", payments.methods, *PAGING),
    ("GET", "/v2/orders", orders.orders, *NAMES, "sort", *INCLUDES, *PAGING),
    ("DELETE", "/v2/orders", orders.archive_all_orders, "limit"),
    ("GET", "/v2/orders/count", orders.order_count, *NAMES),
    ("GET", ORDER, orders.order, *INCLUDES),
    ("PUT", ORDER, orders.update_order),
    ("DELETE", ORDER, orders.archive_order),
    ("GET", f"{ORDER}/products", products.products, *PAGING),
    ("GET", f"{ORDER}/products/<int:line_id>", products.product),
    (
        "GET",
        f"{ORDER}/shipping_addresses",
        shipping_addresses.shipping_addresses,
        *PAGING,
    ),
    ("GET", f"{ORDER}/coupons", coupons.coupons, *PAGING),
    ("GET", f"{ORDER}/taxes", taxes.taxes, "details", *PAGING),
    ("GET", f"{ORDER}/fees", fees.fees),
    ("GET", f"{ORDER}/messages", messages.messages, *messages.NAMES, *PAGING),
    ("GET", f"{ORDER}/consignments", consignments.consignments, "include"),
    ("GET", f"{ORDER}/shipments", shipments.shipments, *PAGING),
    ("DELETE", f"{ORDER}/shipments", shipments.delete_shipments),
    ("POST", f"{ORDER}/shipments", shipments.create_shipment),
    ("GET", f"{ORDER}/shipments/count", shipments.shipment_count),
    ("GET", f"{ORDER}/shipments/<int:shipment_id>", shipments.shipment),
    ("PUT", f"{ORDER}/shipments/<int:shipment_id>", shipments.update_shipment),
    ("DELETE", f"{ORDER}/shipments/<int:shipment_id>", shipments.delete_shipment),
    (
        "GET",
        "/v2/products",
        catalog_products.products,
        *catalog_products.NAMES,
        *PAGING,
    ),
    ("GET", PRODUCT, catalog_products.product),
    ("PUT", PRODUCT, catalog_products.update_product),
    ("GET", f"{PRODUCT}/skus", skus.skus, *skus.NAMES, *PAGING),
    ("GET", f"{PRODUCT}/skus/<int:sku_id>", skus.sku),
    ("PUT", f"{PRODUCT}/skus/<int:sku_id>", skus.update_sku),
]
