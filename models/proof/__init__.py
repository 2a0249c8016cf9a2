from . import bigcommerce_proof
from . import bigcommerce_proof_line
from . import bigcommerce_backend
from . import bigcommerce_dashboard
from . import prove_orders
