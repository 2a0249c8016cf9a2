from . import paging
from .api_path import base_address, store_hash
from .errors import Forbidden
from .images import fetch_image
from .limits import (
    ID_BATCH,
    INVENTORY_BATCH,
    INVENTORY_PAGE,
    LOCATION_PAGE,
    ORDER_PAGE,
    PRODUCT_BATCH,
    V2_PAGE,
    V3_PAGE,
    VARIANT_BATCH,
    check_batch,
)
from .missing_lines import lines_are_missing, put_together
from .transport import Transport

# Orders with their addresses and lines in one list call (fact F23).
ORDER_INCLUDES = {
    "include": "consignments.line_items,fees",
    "consignment_structure": "object",
}


class Client:
    """A BigCommerce store: one short method for each endpoint that is used."""

    # quantities that are set together
    inventory_batch = INVENTORY_BATCH

    def __init__(
        self,
        api_path,
        token,
        *,
        username=None,
        auth_method="token",
        timeout=20,
        **options,
    ):
        """
        :param str api_path: as BigCommerce shows it, with or without its version
        :param str token: of a store-level API account, or of a legacy account
        :param str username: of a legacy account
        :param str auth_method: `token` or `legacy`
        :param timeout: seconds, one number
        :param options: of the transport, such as `read_only`
        :raise InvalidApiPath: when the address cannot be used
        """
        address = base_address(api_path, auth_method)
        self.store_hash = store_hash(address)
        self._timeout = timeout
        legacy = auth_method == "legacy"
        self._transport = Transport(
            address,
            headers={} if legacy else {"X-Auth-Token": token},
            auth=((username or "").encode(), token.encode()) if legacy else None,
            timeout=timeout,
            **options,
        )

    def __repr__(self):
        return f"<Client of store {self.store_hash}>"

    @property
    def calls(self):
        """HTTP requests sent so far, repeated ones included."""
        return self._transport.calls

    @property
    def quota_left(self):
        """Requests that the store's quota leaves in this window, None while unknown."""
        return self._transport.quota.left

    @property
    def server_time(self):
        """The store's clock at its last answer: an aware UTC datetime or None."""
        return self._transport.server_time

    # Settings

    def lacks(self, scope):
        """Tell whether the API account may not read what a scope is for (scopes.py)."""
        try:
            self._get(scope.path, scope.params)
        except Forbidden:
            return True
        return False

    def store(self):
        """Return the store's own data: name, plan, currency, time zone."""
        return self._get("/v2/store")

    def order_statuses(self):
        """Return the list of order statuses."""
        return self._get("/v2/order_statuses")

    def currencies(self):
        """Return the list of currencies."""
        return self._get("/v2/currencies")

    def payment_methods(self):
        """Return the list of payment methods; BigCommerce calls it incomplete."""
        return list(paging.numbered_rows(self._get, "/v2/payments/methods", V2_PAGE))

    def shipping_methods(self):
        """Return the shipping methods of all zones, each with its `zone_name`."""
        return [
            {**method, "zone_name": zone.get("name")}
            for zone in self._get("/v2/shipping/zones")
            for method in self._get(f"/v2/shipping/zones/{_id(zone['id'])}/methods")
        ]

    def tax_zones(self):
        """Return the list of tax zones: where which rates are charged."""
        return list(paging.counted_rows(self._get, "/v3/tax/zones"))

    def tax_rates(self):
        """Return the list of tax rates of all zones."""
        return list(paging.counted_rows(self._get, "/v3/tax/rates"))

    def locations(self):
        """Return the list of inventory locations."""
        path = "/v3/inventory/locations"
        return list(paging.with_ids(self._rows(path, LOCATION_PAGE), path))

    # Orders

    def order_pages(self, page_size=ORDER_PAGE, min_id=1, **filters):
        """Yield pages of orders with their lines, addresses and fees, by id.

        :param int page_size: orders per call
        :param int min_id: the smallest order number wanted
        :param filters: as GET /v2/orders takes them; aware datetimes for dates
        :return: generator of lists of payloads
        """
        params = {**ORDER_INCLUDES, "sort": "id:asc", **paging.filters(filters)}
        yield from paging.keyset_pages(
            self._get, "/v2/orders", page_size, params, min_id
        )

    def order_headers(self, min_id=1, **filters):
        """Yield orders without their lines, by id; filters as in `order_pages`."""
        params = {"sort": "id:asc", **paging.filters(filters)}
        for page in paging.keyset_pages(
            self._get, "/v2/orders", V2_PAGE, params, min_id
        ):
            yield from page

    def order(self, order_id):
        """Return one order with its lines, addresses and fees."""
        return self._get(f"/v2/orders/{_id(order_id)}", ORDER_INCLUDES)

    def order_products(self, order_id):
        """Yield all lines of an order."""
        path = f"/v2/orders/{_id(order_id)}/products"
        yield from paging.numbered_rows(self._get, path, V2_PAGE)

    def order_shipping_addresses(self, order_id):
        """Yield the delivery addresses of an order."""
        path = f"/v2/orders/{_id(order_id)}/shipping_addresses"
        yield from paging.numbered_rows(self._get, path, V2_PAGE)

    def order_taxes(self, order_id):
        """Return the tax lines of an order, with what each is for (fact F39)."""
        path = f"/v2/orders/{_id(order_id)}/taxes"
        return list(paging.numbered_rows(self._get, path, V2_PAGE, {"details": "true"}))

    def complete_order(self, payload):
        """Return an order's payload with all its lines.

        Costs no call for an ordinary order. Where the list left lines out (fact
        F24) they are read one order at a time.
        """
        if not lines_are_missing(payload):
            return payload
        lines = list(self.order_products(payload["id"]))
        addresses = list(self.order_shipping_addresses(payload["id"]))
        return {**payload, "consignments": put_together(payload, lines, addresses)}

    def set_order_status(self, order_id, status_id):
        """Set an order's status, and nothing else of it (fact F31)."""
        return self._put(f"/v2/orders/{_id(order_id)}", {"status_id": status_id})

    def refunds(self, order_ids, set_aside=None):
        """Yield the refunds of many orders (fact F42).

        :param set_aside: function that is told of each that has no readable id
        """
        for batch in _batches([_id(order_id) for order_id in order_ids], ID_BATCH):
            params = {"order_id:in": ",".join(map(str, batch))}
            path = "/v3/orders/payment_actions/refunds"
            rows = self._rows(path, V3_PAGE, params)
            yield from paging.with_ids(rows, path, set_aside)

    # Shipments

    def shipments(self, order_id):
        """Return all shipments of an order."""
        path = f"/v2/orders/{_id(order_id)}/shipments"
        return list(paging.numbered_rows(self._get, path, V2_PAGE))

    def create_shipment(self, order_id, values):
        """Tell a shipment; the shopper may get an e-mail for each.

        :return: dict, the shipment as stored
        :raise OutcomeUnknown: when it may have been stored: read before repeating
        """
        path = f"/v2/orders/{_id(order_id)}/shipments"
        return self._transport.request("POST", path, body=values)

    def update_shipment(self, order_id, shipment_id, values):
        """Change a shipment's tracking, provider or comments; never its items."""
        path = f"/v2/orders/{_id(order_id)}/shipments/{_id(shipment_id)}"
        return self._put(path, values)

    def pickups(self, order_id):
        """Return the pickups of an order (pickup.v3.yml)."""
        answer = self._get("/v3/orders/pickups", {"order_id:in": _id(order_id)})
        return paging.data_of(answer, "/v3/orders/pickups") if answer else []

    def create_pickup(self, values):
        """Tell that goods of an order were collected.

        :param dict values: `order_id`, `pickup_method_id`, `pickup_items` and times
            (pickup.v3.yml, PostRequestPickup)
        :return: dict, the pickup as stored
        :raise OutcomeUnknown: when it may have been stored: read before repeating
        """
        path = "/v3/orders/pickups"
        answer = self._transport.request("POST", path, body=[values])
        return paging.data_of(answer, path)[0]

    # Catalog

    def products(self, **filters):
        """Yield products; filters as GET /v3/catalog/products takes them."""
        path = "/v3/catalog/products"
        rows = self._rows(path, V3_PAGE, paging.filters(filters))
        yield from paging.with_ids(rows, path)

    def product_pages(self, after=0, **filters):
        """Yield pages of products with ids above `after`, by id; filters as above."""
        path, params = "/v3/catalog/products", paging.filters(filters)
        yield from paging.id_pages(self._get, path, V3_PAGE, params, after)

    def image(self, url):
        """Return the bytes of an image that a product names."""
        return fetch_image(url, self._timeout)

    def variants(self, **filters):
        """Yield variants, base variants included; filters as the endpoint's."""
        path = "/v3/catalog/variants"
        rows = self._rows(path, V3_PAGE, paging.filters(filters))
        yield from paging.with_ids(rows, path)

    def update_products(self, rows):
        """Change some products, at most 10.

        :param list rows: dicts with `id` and the changed fields
        :return: list of the products as stored
        """
        return self._put_batch("/v3/catalog/products", rows, PRODUCT_BATCH)

    def update_variants(self, rows):
        """Change some variants, at most 50, as `update_products` does."""
        return self._put_batch("/v3/catalog/variants", rows, VARIANT_BATCH)

    # Inventory

    def inventory_items(self, **filters):
        """Yield the levels of tracked items, by location within each item."""
        path = "/v3/inventory/items"
        yield from self._rows(path, INVENTORY_PAGE, paging.filters(filters))

    def set_inventory(self, items, reason):
        """Set quantities on hand, at most 2,000 items; accepted, done shortly after.

        :param list items: dicts of `location_id`, whole `quantity`, and one of
            `variant_id`, `product_id` or `sku` as the product's tracking wants it; a
            `product_id` beside another one only says whose it is
        :param str reason: shown in the store's inventory history
        :return: str, the transaction's id
        :raise Invalid: for the whole call, when one item is wrong
        """
        check_batch(items, INVENTORY_BATCH)
        body = {"reason": reason, "items": [_adjustment(item) for item in items]}
        answer = self._put("/v3/inventory/adjustments/absolute", body)
        return answer.get("transaction_id") if isinstance(answer, dict) else None

    # Webhooks

    def hooks(self):
        """Return the webhooks of this API account; where one has no id, none are."""
        return list(paging.only_with_ids(self._rows("/v3/hooks", V3_PAGE), "/v3/hooks"))

    def create_hook(self, scope, destination, headers):
        """Have events of a scope sent to a destination, with our own headers."""
        body = {
            "scope": scope,
            "destination": destination,
            "is_active": True,
            "headers": headers,
        }
        answer = self._transport.request("POST", "/v3/hooks", body=body)
        return paging.data_of(answer, "/v3/hooks")

    def update_hook(self, hook_id, values):
        """Change a webhook."""
        path = f"/v3/hooks/{_id(hook_id)}"
        return paging.data_of(self._put(path, values), path)

    def delete_hook(self, hook_id):
        """Delete a webhook."""
        self._transport.request("DELETE", f"/v3/hooks/{_id(hook_id)}")

    def _get(self, path, params=None):
        return self._transport.request("GET", path, params=params)

    def _put(self, path, body):
        return self._transport.request("PUT", path, body=body)

    def _rows(self, path, size, params=None):
        return paging.counted_rows(self._get, path, size, params)

    def _put_batch(self, path, rows, limit):
        check_batch(rows, limit)
        return paging.data_of(self._put(path, rows), path)


def _id(value):
    """Return an id for a path: an empty one would mean all records (fact F14)."""
    if isinstance(value, bool) or not isinstance(value, int) or value <= 0:
        raise ValueError(f"not an id: {value!r}")
    return value


def _adjustment(item):
    """Return an item of an adjustment with its one identity (inventory.v3.yml)."""
    if {"variant_id", "sku"} & item.keys():
        return {name: value for name, value in item.items() if name != "product_id"}
    return item


def _batches(items, size):
    for start in range(0, len(items), size):
        yield items[start : start + size]
