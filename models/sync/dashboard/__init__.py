from . import bigcommerce_dashboard
from . import bigcommerce_backend
from . import health
