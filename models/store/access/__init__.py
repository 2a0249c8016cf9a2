from . import masked_log
from . import bigcommerce_locked_mixin
from . import bigcommerce_secret
from . import bigcommerce_backend
from . import connect_store
