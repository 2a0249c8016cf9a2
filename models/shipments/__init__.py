from . import bigcommerce_shipment
from . import bigcommerce_order
from . import bigcommerce_backend
from . import sale_order
from . import sale_order_line
from . import stock_package
from . import stock_picking
from . import export_shipments
