"""What an API account must be allowed to do for each path (fact F71)."""

import re

# (start of the path, scopes any of which is enough)
NEEDED = (
    (r"/v2/(orders|order_statuses)", ("store_v2_orders",)),
    (r"/v2/products", ("store_v2_products",)),
    (r"/v2/payments", ("store_payments_methods_read",)),
    (r"/v2/(store|currencies|shipping)", ("store_v2_information",)),
    (r"/v3/orders/pickups", ("store_order_fulfillment",)),
    (r"/v3/orders/\d+/transactions", ("store_v2_transactions",)),
    (r"/v3/orders", ("store_v2_orders", "store_v2_transactions")),
    (r"/v3/catalog", ("store_v2_products",)),
    (r"/v3/inventory/locations", ("store_locations",)),
    (r"/v3/inventory", ("store_inventory",)),
    (r"/v3/(settings|tax)", ("store_v2_information",)),
    (r"/v3/channels", ("store_channel_settings",)),
    (r"/v3/customers", ("store_v2_customers",)),
)
READ_ONLY = "_read_only"
ALL = frozenset(scope for _path, scopes in NEEDED for scope in scopes)


def is_allowed(granted, method, path):
    """Tell whether an account may do something.

    :param granted: its scopes; one that ends in `_read_only` is for reading
    :param str path: below the store
    """
    for start, scopes in NEEDED:
        if re.match(start, path):
            enough = {*scopes}
            if method == "GET":
                enough |= {f"{scope}{READ_ONLY}" for scope in scopes}
            return not enough.isdisjoint(granted)
    return True
