"""Which function answers which method and path.

Folders and files are named by the paths: what answers /v2/orders/7/coupons is in
v2/orders/coupons.py. A query that names anything else than its route allows is
refused (fact F21).
"""

from werkzeug.exceptions import HTTPException
from werkzeug.routing import Map, Rule

from ..problems import NotFound
from .v2 import query as v2_query
from .v2 import routes as v2
from .v3 import filters as v3_filters
from .v3 import routes as v3

URL_MAP = Map(
    [
        Rule(
            f"{start}{path}",
            methods=[method],
            endpoint=(function, check_names, tuple(names)),
        )
        for start, routes, check_names in (
            ("/stores/<store_hash>", v2.ROUTES, v2_query.check_names),
            ("/stores/<store_hash>", v3.ROUTES, v3_filters.check_names),
            # the store's own host, for legacy accounts (fact F4)
            ("/api", v2.ROUTES, v2_query.check_names),
        )
        for method, path, function, *names in routes
    ],
    strict_slashes=False,
)


def find_route(request, store_hash):
    """Return what answers a request: (function, ids in the path).

    :raise NotFound: when nothing does
    :raise Problem: for a query that names something unknown
    """
    try:
        adapter = URL_MAP.bind_to_environ(request.environ)
        (function, check_names, names), values = adapter.match()
    except HTTPException as error:
        raise NotFound() from error
    if values.pop("store_hash", store_hash) != store_hash:
        raise NotFound()
    check_names(request.args, names)
    return function, values
