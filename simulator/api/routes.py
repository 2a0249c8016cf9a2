from werkzeug.routing import Map, Rule

from .v2.orders import orders as api_v2
from .v2.orders import taxes as api_v2_parts
from .v3 import customers as api_v3_orders
from .v3.catalog import products as api_v3

ROUTES = [
    ("GET", "/v2/store", api_v2.store),
    ("GET", "/v2/time", api_v2.clock),
    ("GET", "/v2/order_statuses", api_v2.order_statuses),
    ("GET", "/v2/order_statuses/<int:status_id>", api_v2.order_status),
    ("GET", "/v2/currencies", api_v2.currencies),
    ("GET", "/v2/shipping/zones", api_v2.shipping_zones),
    ("GET", "/v2/shipping/zones/<int:zone_id>/methods", api_v2.shipping_methods),
    ("GET", "/v2/payments/methods", api_v2.payment_methods),
    ("GET", "/v2/orders", api_v2.orders),
    ("DELETE", "/v2/orders", api_v2.archive_all_orders),
    ("GET", "/v2/orders/count", api_v2.order_count),
    ("GET", "/v2/orders/<int:order_id>", api_v2.order),
    ("PUT", "/v2/orders/<int:order_id>", api_v2.update_order),
    ("DELETE", "/v2/orders/<int:order_id>", api_v2.archive_order),
    ("GET", "/v2/orders/<int:order_id>/products", api_v2.order_products),
    ("GET", "/v2/orders/<int:order_id>/products/<int:line_id>", api_v2_parts.product),
    ("GET", "/v2/orders/<int:order_id>/shipping_addresses", api_v2.order_addresses),
    ("GET", "/v2/orders/<int:order_id>/coupons", api_v2.order_coupons),
    ("GET", "/v2/orders/<int:order_id>/taxes", api_v2_parts.taxes),
    ("GET", "/v2/orders/<int:order_id>/fees", api_v2_parts.fees),
    ("GET", "/v2/orders/<int:order_id>/messages", api_v2_parts.messages),
    (
        "GET",
        "/v2/orders/<int:order_id>/consignments",
        api_v2_parts.order_consignments,
    ),
    ("GET", "/v2/orders/<int:order_id>/shipments", api_v2.shipments),
    ("GET", "/v2/orders/<int:order_id>/shipments/count", api_v2.shipment_count),
    ("DELETE", "/v2/orders/<int:order_id>/shipments", api_v2.delete_shipments),
    ("POST", "/v2/orders/<int:order_id>/shipments", api_v2.create_shipment),
    ("GET", "/v2/orders/<int:order_id>/shipments/<int:shipment_id>", api_v2.shipment),
    (
        "PUT",
        "/v2/orders/<int:order_id>/shipments/<int:shipment_id>",
        api_v2.update_shipment,
    ),
    (
        "DELETE",
        "/v2/orders/<int:order_id>/shipments/<int:shipment_id>",
        api_v2.delete_shipment,
    ),
    ("GET", "/v3/catalog/products", api_v3.products),
    ("PUT", "/v3/catalog/products", api_v3.update_products),
    ("GET", "/v3/catalog/products/<int:product_id>", api_v3.product),
    ("GET", "/v3/catalog/variants", api_v3.variants),
    ("PUT", "/v3/catalog/variants", api_v3.update_variants),
    ("GET", "/v3/inventory/locations", api_v3.locations),
    ("GET", "/v3/inventory/items", api_v3.inventory_items),
    ("PUT", "/v3/inventory/adjustments/absolute", api_v3.set_inventory),
    ("GET", "/v3/settings/inventory", api_v3.inventory_settings),
    ("GET", "/v3/orders/pickups", api_v3_orders.pickups),
    ("POST", "/v3/orders/pickups", api_v3_orders.create_pickups),
    ("GET", "/v3/orders/payment_actions/refunds", api_v3_orders.refunds),
    (
        "GET",
        "/v3/orders/<int:order_id>/payment_actions/refunds",
        api_v3_orders.order_refunds,
    ),
    ("GET", "/v3/orders/<int:order_id>/transactions", api_v3_orders.transactions),
    ("GET", "/v3/channels", api_v3.channels),
    ("GET", "/v3/customers", api_v3_orders.customers),
    ("GET", "/v3/hooks", api_v3.hooks),
    ("POST", "/v3/hooks", api_v3.create_hook),
    ("GET", "/v3/hooks/<int:hook_id>", api_v3.hook),
    ("PUT", "/v3/hooks/<int:hook_id>", api_v3.update_hook),
    ("DELETE", "/v3/hooks/<int:hook_id>", api_v3.delete_hook),
]

URL_MAP = Map(
    [
        Rule(f"/stores/<store_hash>{path}", methods=[method], endpoint=endpoint)
        for method, path, endpoint in ROUTES
    ],
    strict_slashes=False,
)
