from . import res_partner
from . import bigcommerce_customer
from . import bigcommerce_order
from . import receive_orders
from . import sale_orders
from . import held
from . import bigcommerce_backend
from . import import_orders
