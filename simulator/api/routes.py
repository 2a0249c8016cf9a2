"""Which function answers which method and path.

Folders and files are named by the paths: what answers /v2/orders/7/coupons is in
v2/orders/coupons.py.
"""

from werkzeug.routing import Map, Rule

from .v2 import routes as v2
from .v3 import routes as v3

URL_MAP = Map(
    [
        Rule(f"/stores/<store_hash>{path}", methods=[method], endpoint=endpoint)
        for method, path, endpoint in v2.ROUTES + v3.ROUTES
    ],
    strict_slashes=False,
)
