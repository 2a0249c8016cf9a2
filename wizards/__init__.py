from . import bigcommerce_link_import
from . import bigcommerce_order_fetch
