from . import bigcommerce_exception
