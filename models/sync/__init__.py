from . import bigcommerce_backend
from . import bigcommerce_sync_run
from . import overview
