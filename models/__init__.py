from . import store
from . import sync
from . import catalog
from . import orders
from . import accounting
from . import inventory
from . import shipments
from . import proof
