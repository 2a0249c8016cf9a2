from . import bigcommerce_shipment
from . import bigcommerce_order
from . import export_shipments
from . import parcels
from . import stock_package
from . import stock_picking
from . import tracking_values
