from . import bigcommerce_order
from . import bigcommerce_exception
