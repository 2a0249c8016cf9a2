from . import bigcommerce_finding
from . import bigcommerce_exception
