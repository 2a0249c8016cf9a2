"""A BigCommerce store in one process, for the demo, the tests and the benchmark.

Knows nothing of Odoo or of the connector. What it answers follows
docs/bigcommerce-facts.md and BigCommerce's OpenAPI files; when they differ, it is
wrong.

http/ takes requests, api/ answers them by their paths, shop/ is the store itself, with
its catalog/, its orders/ and their pricing/.
"""

from .orders.cart import Item
from .catalog.inventory import OutOfStock
from .shop.shop import Shop
from .http.server import Simulator
