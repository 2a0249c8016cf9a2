from . import bigcommerce_order_tender
from . import bigcommerce_order
from . import bigcommerce_refund
from . import import_refunds
