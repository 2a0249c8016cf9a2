"""An order as BigCommerce sends it, read once into typed documents.

Field by field as orders.v2.oas2.yml has them (bigcommerce-api.md sections 4.3 to
4.5). Money is Decimal, dates are aware and in UTC. Missing, null, "", [] and {} are
the same: nothing.
"""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from .reading import Reader


@dataclass(frozen=True, slots=True)
class Address:
    """A person and a place."""

    first_name: str
    last_name: str
    company: str
    street_1: str
    street_2: str
    city: str
    state: str
    zip: str
    country: str
    country_iso2: str
    phone: str
    email: str

    @property
    def name(self):
        """The person's whole name."""
        return f"{self.first_name} {self.last_name}".strip()


@dataclass(frozen=True, slots=True)
class Discount:
    """A discount on a line; an order's discounts are spread over its lines."""

    id: str
    name: str
    code: str
    amount: Decimal
    target: str


@dataclass(frozen=True, slots=True)
class Option:
    """A choice of the shopper, as shown: Size, M."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Line:
    """An order product. Totals are before discounts, save the last one."""

    id: int
    product_id: int
    variant_id: int | None
    sku: str
    upc: str
    name: str
    type: str
    quantity: int
    quantity_shipped: int
    quantity_refunded: int
    order_address_id: int
    order_pickup_method_id: int
    price_ex_tax: Decimal
    price_inc_tax: Decimal
    total_ex_tax: Decimal
    total_inc_tax: Decimal
    total_tax: Decimal
    discounted_total_inc_tax: Decimal | None
    discounts: tuple[Discount, ...]
    options: tuple[Option, ...]
    parent_id: int | None
    is_bundled: bool
    wrapping_name: str
    wrapping_cost_ex_tax: Decimal
    wrapping_cost_inc_tax: Decimal


@dataclass(frozen=True, slots=True)
class Consignment:
    """Lines that go the same way: shipping, pickup, download or gift_certificate."""

    id: int
    kind: str
    address: Address | None
    shipping_method: str
    cost_ex_tax: Decimal
    cost_inc_tax: Decimal
    cost_tax: Decimal
    handling_cost_ex_tax: Decimal
    handling_cost_inc_tax: Decimal
    pickup_method_id: int
    location_id: int | None
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Fee:
    """A fee of the whole order."""

    id: int
    name: str
    cost_ex_tax: Decimal
    cost_inc_tax: Decimal
    cost_tax: Decimal


@dataclass(frozen=True, slots=True)
class Order:
    """An order. `currency_code` is what the shopper paid in; all money is in it."""

    id: int
    status_id: int
    status: str
    custom_status: str
    customer_id: int
    channel_id: int
    order_source: str
    external_order_id: str
    date_created: datetime | None
    date_modified: datetime | None
    date_shipped: datetime | None
    is_deleted: bool
    is_digital: bool
    is_tax_inclusive: bool
    currency_code: str
    subtotal_ex_tax: Decimal
    subtotal_inc_tax: Decimal
    shipping_cost_ex_tax: Decimal
    shipping_cost_inc_tax: Decimal
    handling_cost_ex_tax: Decimal
    handling_cost_inc_tax: Decimal
    wrapping_cost_ex_tax: Decimal
    wrapping_cost_inc_tax: Decimal
    total_ex_tax: Decimal
    total_inc_tax: Decimal
    total_tax: Decimal
    discount_amount: Decimal
    coupon_discount: Decimal
    store_credit_amount: Decimal
    gift_certificate_amount: Decimal
    payment_method: str
    payment_status: str
    payment_provider_id: str
    items_total: int
    items_shipped: int
    customer_message: str
    staff_notes: str
    billing_address: Address
    fees: tuple[Fee, ...]
    consignments: tuple[Consignment, ...]

    @property
    def lines(self):
        """All lines of all consignments, in the order of their ids."""
        lines = (line for part in self.consignments for line in part.lines)
        return tuple(sorted(lines, key=lambda line: line.id))

    @property
    def shipping_consignments(self):
        """The consignments that go to a delivery address."""
        return tuple(part for part in self.consignments if part.kind == "shipping")

    @property
    def amount_due(self):
        """What was paid with money: the total less certificates and credit."""
        return (
            self.total_inc_tax - self.gift_certificate_amount - self.store_credit_amount
        )


def parse_order(payload):
    """Return the Order that a payload describes.

    :param dict payload: as GET /v2/orders gives it with consignments and line items
    :raise InvalidDocument: naming the field that cannot be read
    """
    order = Reader(payload, f"order {payload.get('id')}")
    return Order(
        id=order.id("id"),
        date_created=order.date("date_created"),
        date_modified=order.date("date_modified"),
        date_shipped=order.date("date_shipped"),
        is_deleted=order.flag("is_deleted"),
        is_digital=order.flag("order_is_digital"),
        is_tax_inclusive=order.flag("is_tax_inclusive_pricing"),
        currency_code=order.text("default_currency_code"),
        billing_address=_address(order.part("billing_address")),
        fees=tuple(_fee(fee) for fee in order.parts("fees")),
        consignments=tuple(_consignments(order)),
        **order.texts(
            "status",
            "custom_status",
            "order_source",
            "external_order_id",
            "payment_method",
            "payment_status",
            "payment_provider_id",
            "customer_message",
            "staff_notes",
        ),
        **order.integers(
            "status_id", "customer_id", "channel_id", "items_total", "items_shipped"
        ),
        **order.amounts(
            "subtotal_ex_tax",
            "subtotal_inc_tax",
            "shipping_cost_ex_tax",
            "shipping_cost_inc_tax",
            "handling_cost_ex_tax",
            "handling_cost_inc_tax",
            "wrapping_cost_ex_tax",
            "wrapping_cost_inc_tax",
            "total_ex_tax",
            "total_inc_tax",
            "total_tax",
            "discount_amount",
            "coupon_discount",
            "store_credit_amount",
            "gift_certificate_amount",
        ),
    )


def lines_are_missing(payload):
    """Tell whether a listed order lacks lines that must be read by themselves.

    The list caps lines at 50 a consignment (then a `__warning__` appears), and has
    been seen without any (bigcommerce-api.md section 4.4, fallback rule).
    """
    order = Reader(payload, f"order {payload.get('id')}")
    consignments = order.part("consignments")
    if not isinstance(consignments.raw, dict) or "url" in consignments.raw:
        return True
    if _has_warning(consignments.raw):
        return True
    lines = [
        line
        for _kind, part in _consignment_parts(consignments)
        for line in part.parts("line_items")
    ]
    if any("url" in line.raw for line in lines):
        return True
    items = sum(line.integer("quantity") for line in lines)
    return items != order.integer("items_total") and not _bundled(lines)


def _bundled(lines):
    """Tell whether a bundle is among the lines: its parts may not be counted."""
    return bool(lines) and any(line.raw.get("is_bundled_product") for line in lines)


def _has_warning(value):
    if isinstance(value, dict):
        return "__warning__" in value or any(map(_has_warning, value.values()))
    return isinstance(value, list) and any(map(_has_warning, value))


def _consignments(order):
    for kind, part in _consignment_parts(order.part("consignments")):
        location = part.part("location")
        yield Consignment(
            id=part.integer("id"),
            kind=kind,
            address=_address(part) if kind == "shipping" else None,
            shipping_method=part.text("shipping_method")
            or part.text("pickup_method_display_name"),
            pickup_method_id=part.integer("pickup_method_id"),
            location_id=location.integer("id") or None,
            lines=tuple(_line(line) for line in part.parts("line_items")),
            **part.amounts(
                "cost_ex_tax",
                "cost_inc_tax",
                "cost_tax",
                "handling_cost_ex_tax",
                "handling_cost_inc_tax",
            ),
        )


def _consignment_parts(consignments):
    """Yield (kind, reader) of each part; the legacy shape is a list of one object."""
    for kind, name in (
        ("shipping", "shipping"),
        ("pickup", "pickups"),
        ("download", "downloads"),
    ):
        for part in consignments.parts(name):
            yield kind, part
    for part in consignments.part("email").parts("gift_certificates"):
        yield "gift_certificate", part


def _address(part):
    return Address(
        **part.texts(
            "first_name",
            "last_name",
            "company",
            "street_1",
            "street_2",
            "city",
            "state",
            "zip",
            "country",
            "country_iso2",
            "phone",
            "email",
        )
    )


def _fee(fee):
    ex_tax = "cost_ex_tax" if "cost_ex_tax" in fee.raw else "cost_exc_tax"
    return Fee(
        id=fee.integer("id"),
        name=fee.text("display_name_customer") or fee.text("display_name_merchant"),
        cost_ex_tax=fee.amount(ex_tax),
        cost_inc_tax=fee.amount("cost_inc_tax"),
        cost_tax=fee.amount("cost_tax"),
    )


def _line(line):
    paid = "discounted_total_inc_tax"
    return Line(
        id=line.id("id"),
        variant_id=line.integer("variant_id") or None,
        discounted_total_inc_tax=line.amount(paid) if line.has(paid) else None,
        discounts=tuple(_discount(row) for row in line.parts("applied_discounts")),
        options=tuple(_option(row) for row in line.parts("product_options")),
        parent_id=line.integer("parent_order_product_id") or None,
        is_bundled=line.flag("is_bundled_product"),
        **line.texts("sku", "upc", "name", "type", "wrapping_name"),
        **line.integers(
            "product_id",
            "quantity",
            "quantity_shipped",
            "quantity_refunded",
            "order_address_id",
            "order_pickup_method_id",
        ),
        **line.amounts(
            "price_ex_tax",
            "price_inc_tax",
            "total_ex_tax",
            "total_inc_tax",
            "total_tax",
            "wrapping_cost_ex_tax",
            "wrapping_cost_inc_tax",
        ),
    )


def _discount(row):
    return Discount(
        amount=row.amount("amount"), **row.texts("id", "name", "code", "target")
    )


def _option(row):
    return Option(
        name=row.text("display_name_customer") or row.text("display_name"),
        value=row.text("display_value_customer") or row.text("display_value"),
    )
