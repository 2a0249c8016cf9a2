from . import bigcommerce_retry_mixin
from . import bigcommerce_sync_run
from . import bigcommerce_sync_stop
from . import bigcommerce_backend
from . import repair_webhooks
from . import dashboard
from . import dry_run
from . import exceptions
