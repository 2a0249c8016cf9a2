"""A BigCommerce store in one process, for the demo, the tests and the benchmark.

Knows nothing of Odoo or of the connector. What it answers follows
bigcommerce-api.md and BigCommerce's OpenAPI files; when they differ, it is wrong.
"""

from .orders.cart import Item
from .shop.shop import OutOfStock, Shop
from .http.server import Simulator
