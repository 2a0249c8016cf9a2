from . import bigcommerce_order_fetch
