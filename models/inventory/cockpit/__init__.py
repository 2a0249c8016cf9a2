from . import bigcommerce_finding
