from . import bigcommerce_order
from . import bigcommerce_tax_mapping
from . import bigcommerce_status_mapping
from . import bigcommerce_variant
from . import product_product
from . import res_currency
from . import overdue_orders
