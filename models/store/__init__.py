from . import bigcommerce_backend
from . import fetch_settings
from . import webhooks
from . import bigcommerce_mapping
from . import bigcommerce_location
