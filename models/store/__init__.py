from . import bigcommerce_backend
from . import webhooks
from . import bigcommerce_mapping
from . import bigcommerce_status_mapping
from . import bigcommerce_shipping_mapping
from . import bigcommerce_payment_mapping
from . import bigcommerce_tax_mapping
from . import bigcommerce_location
