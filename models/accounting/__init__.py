from . import account_move
from . import bigcommerce_order_tender
from . import bigcommerce_refund
from . import bigcommerce_order
from . import bigcommerce_backend
from . import sale_order
from . import sale_order_line
from . import import_refunds
