from . import bigcommerce_finding
from . import what_if
from . import bigcommerce_dashboard
from . import bigcommerce_dry_run
from . import bigcommerce_exception
from . import bigcommerce_health
