"""Lists, filters and pages orders and products with the client of PyPI.

Prints the ids that it saw, as read.mjs does for the clients of npm.
"""

import json
import os

from bigcommerce.api import BigcommerceApi
from bigcommerce.connection import OAuthConnection
from requests.adapters import HTTPAdapter

STORE = "https://api.bigcommerce.com/"
ACCOUNT = {
    "client_id": "a-client",
    "store_hash": os.environ["STORE_HASH"],
    "access_token": os.environ["STORE_TOKEN"],
}
MIN_ID, SKU = os.environ["MIN_ID"], os.environ["SKU"]


class ToLoopback(HTTPAdapter):
    """Sends what is for api.bigcommerce.com to the simulated store.

    The client can be told no other address.
    """

    def send(self, request, **options):
        if not request.url.startswith(STORE):
            raise ValueError(f"{request.url} is not the store")
        path = request.url.removeprefix(STORE)
        request.url = f"{os.environ['STORE_URL']}/{path}"
        return super().send(request, **options)


v2 = BigcommerceApi(**ACCOUNT)
v3 = OAuthConnection(**ACCOUNT, api_path="/stores/{}/v3/{}")
for connection in (v2.connection, v3):
    connection._session.mount("https://", ToLoopback())
orders = list(v2.Orders.iterall())
products = []
for number in range(1, 10):
    page = v3.get("catalog/products", limit=2, page=number)
    products += page["data"]
    if number == page["meta"]["pagination"]["total_pages"]:
        break
reads = {
    "orders": orders,
    "later": v2.Orders.all(min_id=MIN_ID, sort="id:desc"),
    "products": products,
    "found": v3.get("catalog/products", sku=SKU)["data"],
}
seen = {name: [row["id"] for row in rows] for name, rows in reads.items()}
print(json.dumps({"bigcommerce": seen}))
