"""Which function answers which method and path of V3, and what its query may name."""

from . import channels, customers, hooks, inventory, settings, tax
from .catalog import products, variants
from .orders import pickups, refunds, transactions
from .query import PAGING

ORDER = "/v3/orders/<int:order_id>"

ROUTES = [
    ("GET", "/v3/catalog/products", products.products, *products.NAMES),
    ("PUT", "/v3/catalog/products", products.update_products, "include_fields"),
    ("GET", "/v3/catalog/products/<int:product_id>", products.product, *products.SHOWN),
    ("GET", "/v3/catalog/variants", variants.variants, *variants.NAMES),
    ("PUT", "/v3/catalog/variants", variants.update_variants),
    ("GET", "/v3/inventory/locations", inventory.locations, *inventory.LOCATION_NAMES),
    ("GET", "/v3/inventory/items", inventory.items, *inventory.ITEM_NAMES),
    ("PUT", "/v3/inventory/adjustments/absolute", inventory.adjust),
    ("GET", "/v3/settings/inventory", settings.inventory, "channel_id"),
    ("GET", "/v3/orders/pickups", pickups.pickups, *pickups.FILTERS),
    ("POST", "/v3/orders/pickups", pickups.create_pickups),
    ("GET", "/v3/orders/payment_actions/refunds", refunds.refunds, *refunds.NAMES),
    (
        "GET",
        f"{ORDER}/payment_actions/refunds",
        refunds.order_refunds,
        *refunds.BY_TRANSACTION,
    ),
    ("GET", f"{ORDER}/transactions", transactions.transactions, *PAGING),
    ("GET", "/v3/tax/zones", tax.zones, *tax.ZONE_FILTERS),
    ("GET", "/v3/tax/rates", tax.rates, *tax.RATE_NAMES),
    ("GET", "/v3/channels", channels.channels, *channels.NAMES),
    ("GET", "/v3/customers", customers.customers, *customers.NAMES),
    ("GET", "/v3/hooks", hooks.hooks, *hooks.NAMES),
    ("POST", "/v3/hooks", hooks.create_hook),
    ("GET", "/v3/hooks/<int:hook_id>", hooks.hook),
    ("PUT", "/v3/hooks/<int:hook_id>", hooks.update_hook),
    ("DELETE", "/v3/hooks/<int:hook_id>", hooks.delete_hook),
]
