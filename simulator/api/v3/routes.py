"""Which function answers which method and path of V3."""

from . import channels, customers, hooks, inventory, settings, tax
from .catalog import products, variants
from .orders import pickups, refunds, transactions

ORDER = "/v3/orders/<int:order_id>"

ROUTES = [
    ("GET", "/v3/catalog/products", products.products),
    ("PUT", "/v3/catalog/products", products.update_products),
    ("GET", "/v3/catalog/products/<int:product_id>", products.product),
    ("GET", "/v3/catalog/variants", variants.variants),
    ("PUT", "/v3/catalog/variants", variants.update_variants),
    ("GET", "/v3/inventory/locations", inventory.locations),
    ("GET", "/v3/inventory/items", inventory.items),
    ("PUT", "/v3/inventory/adjustments/absolute", inventory.adjust),
    ("GET", "/v3/settings/inventory", settings.inventory),
    ("GET", "/v3/orders/pickups", pickups.pickups),
    ("POST", "/v3/orders/pickups", pickups.create_pickups),
    ("GET", "/v3/orders/payment_actions/refunds", refunds.refunds),
    ("GET", f"{ORDER}/payment_actions/refunds", refunds.order_refunds),
    ("GET", f"{ORDER}/transactions", transactions.transactions),
    ("GET", "/v3/tax/zones", tax.zones),
    ("GET", "/v3/tax/rates", tax.rates),
    ("GET", "/v3/channels", channels.channels),
    ("GET", "/v3/customers", customers.customers),
    ("GET", "/v3/hooks", hooks.hooks),
    ("POST", "/v3/hooks", hooks.create_hook),
    ("GET", "/v3/hooks/<int:hook_id>", hooks.hook),
    ("PUT", "/v3/hooks/<int:hook_id>", hooks.update_hook),
    ("DELETE", "/v3/hooks/<int:hook_id>", hooks.delete_hook),
]
