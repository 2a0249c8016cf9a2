"""The shipments of orders: what was sent, and what that does to the order."""

import re
from decimal import Decimal, InvalidOperation

from ..fields import check_v2, rows, text, whole
from ..formats import money, rfc2822
from ..problems import NotFound, Problem
from .addresses import plain_address
from .statuses import CLOSED, PARTIALLY_SHIPPED, SHIPPED

# orders.v2.oas2.yml, shipping_provider
PROVIDERS = (
    "",
    "auspost",
    "canadapost",
    "endicia",
    "usps",
    "fedex",
    "royalmail",
    "ups",
    "upsready",
    "upsonline",
    "shipperhq",
)
CARRIER_PROVIDER = re.compile(r"carrier_\d+")
CARRIER_SLUG = re.compile(r"[a-z0-9]+([-_][a-z0-9]+)*")
TEXTS = {
    "tracking_number": text(50),
    "tracking_link": text(500),
    "shipping_provider": text(255),
    "tracking_carrier": text(255),
    "shipping_method": text(255),
    "comments": text(65_535),
}
COST = "merchant_shipping_cost"
# What may be changed, and what a new one may have besides (fact F52).
CHANGEABLE = {**TEXTS, "order_address_id": whole(), COST: text()}
FIELDS = {**CHANGEABLE, "items": rows}


class Despatch:
    """The shipments of orders, and what they do to them."""

    def __init__(self, shop):
        self._shop = shop
        self.shipments = {}
        self._next_id = 700

    def of_order(self, order_id):
        """Return the shipments of an order, by id."""
        return [s for s in self.shipments.values() if s["order_id"] == order_id]

    def get(self, order_id, shipment_id):
        """Return one shipment.

        :raise NotFound: when the order has none of this id
        """
        shipment = self.shipments.get(shipment_id)
        if not shipment or shipment["order_id"] != order_id:
            raise NotFound()
        return shipment

    def create(self, order, body):
        """Store a shipment; the order's lines and status follow it.

        :raise Problem: 400 for what cannot be shipped
        """
        check_v2(body, FIELDS)
        address = self._check_address(order, body)
        items = self._check_items(order, address, body.get("items"))
        self._next_id += 1
        shipment = {
            "id": self._next_id,
            "order_id": order["id"],
            "customer_id": order["customer_id"],
            "order_address_id": address["id"],
            "date_created": rfc2822(self._shop.now()),
            COST: money(_cost(body)),
            "items": [
                {
                    "order_product_id": line["id"],
                    "product_id": line["product_id"],
                    "quantity": quantity,
                }
                for line, quantity in items
            ],
            "billing_address": order["billing_address"],
            "shipping_address": plain_address(address),
            "generated_tracking_link": "",
            **_texts(body),
        }
        self.shipments[shipment["id"]] = shipment
        self._ship(order, address, items)
        self._shop.send_mail("shipment", order, shipment["tracking_number"])
        self._shop.hooks.shipment("created", shipment)
        return shipment

    def update(self, order, shipment, body):
        """Change tracking, provider, comments or address; items cannot be changed.

        :raise Problem: 400 for what cannot be changed
        """
        check_v2(body, CHANGEABLE)
        changed = _texts(body, {})
        if COST in body:
            changed[COST] = money(_cost(body))
        if "order_address_id" in body:
            address = self._check_address(order, body)
            shipment["order_address_id"] = address["id"]
            shipment["shipping_address"] = plain_address(address)
        shipment.update(changed)
        self._shop.touch(order)
        self._shop.hooks.shipment("updated", shipment)
        return shipment

    def delete(self, order, shipments):
        """Take shipments back; the order keeps its status
        (fact F50)."""
        lines = {line["id"]: line for line in order["_lines"]}
        for shipment in shipments:
            address = self._check_address(order, shipment)
            for item in shipment["items"]:
                lines[item["order_product_id"]]["quantity_shipped"] -= item["quantity"]
                address["items_shipped"] -= item["quantity"]
                order["items_shipped"] -= item["quantity"]
            del self.shipments[shipment["id"]]
            self._shop.hooks.shipment("deleted", shipment)
        self._shop.touch(order)

    def _check_address(self, order, body):
        for address in order["_addresses"]:
            if address["id"] == body.get("order_address_id"):
                return address
        raise Problem(400, "The field 'order_address_id' is invalid.")

    def _check_items(self, order, address, items):
        if not items:
            raise Problem(400, "The field 'items' is required.")
        lines = {
            line["id"]: line
            for line in order["_lines"]
            if line["order_address_id"] == address["id"] and line["type"] == "physical"
        }
        wanted = {}
        for item in items:
            line_id, quantity = _item(item)
            if line_id not in lines:
                raise Problem(400, "The field 'items.order_product_id' is invalid.")
            wanted[line_id] = wanted.get(line_id, 0) + quantity
        for line_id, quantity in wanted.items():
            left = left_to_ship(lines[line_id])
            if quantity > left:
                raise Problem(
                    400, f"Only {left} of order product {line_id} are left to ship."
                )
        return [(lines[line_id], quantity) for line_id, quantity in wanted.items()]

    def _ship(self, order, address, items):
        for line, quantity in items:
            line["quantity_shipped"] += quantity
            address["items_shipped"] += quantity
            order["items_shipped"] += quantity
        physical = [line for line in order["_lines"] if line["type"] == "physical"]
        whole = not any(left_to_ship(line) for line in physical)
        if whole:
            order["date_shipped"] = rfc2822(self._shop.now())
        if self._shop.moves_status and order["status_id"] not in CLOSED:
            self._shop.set_status(order["id"], SHIPPED if whole else PARTIALLY_SHIPPED)
        else:
            self._shop.touch(order)


def left_to_ship(line):
    """Return the units of a line that are neither shipped nor refunded."""
    return max(
        line["quantity"] - line["quantity_shipped"] - line["quantity_refunded"], 0
    )


def _item(item):
    for name in ("order_product_id", "quantity"):
        if whole(1)(item.get(name)):
            raise Problem(400, f"The field 'items.{name}' is invalid.")
    return item["order_product_id"], item["quantity"]


def _cost(body):
    try:
        cost = Decimal(body.get(COST, "0"))
    except InvalidOperation:
        cost = Decimal("NaN")
    if not cost.is_finite() or abs(cost) >= 10**12:
        raise Problem(400, f"The field '{COST}' is invalid.")
    return cost


def _texts(body, defaults=None):
    """Return the text fields of a shipment, checked."""
    given = {name: body[name] for name in TEXTS if name in body}
    provider = given.get("shipping_provider", "")
    if provider not in PROVIDERS and not CARRIER_PROVIDER.fullmatch(provider):
        raise Problem(400, "The field 'shipping_provider' is invalid.")
    carrier = given.get("tracking_carrier", "")
    if carrier and not CARRIER_SLUG.fullmatch(carrier):
        raise Problem(400, "The field 'tracking_carrier' is invalid.")
    base = dict.fromkeys(TEXTS, "") if defaults is None else defaults
    return {**base, **given}
