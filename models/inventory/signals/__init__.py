from . import bigcommerce_stock_change
from . import product_product
from . import product_template
from . import sale_order
from . import stock_location
from . import stock_move
from . import stock_quant
