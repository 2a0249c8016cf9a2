from . import bigcommerce_sync_run
from . import bigcommerce_dry_run
from . import bigcommerce_backend
