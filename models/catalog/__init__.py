from . import bigcommerce_product
from . import bigcommerce_variant
from . import link_products
from . import create_products
