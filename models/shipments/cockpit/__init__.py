from . import bigcommerce_dashboard
