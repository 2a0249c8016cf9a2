from . import bigcommerce_order
from . import bigcommerce_finding
from . import bigcommerce_dashboard
from . import bigcommerce_dry_run
from . import bigcommerce_exception
from . import bigcommerce_health
