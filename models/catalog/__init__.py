from . import bigcommerce_product
from . import bigcommerce_variant
from . import product_template
from . import create_products
from . import archive_missing
from . import bigcommerce_backend
from . import link_products
from . import cockpit
