"""An order as BigCommerce sends it, read once into typed documents.

Field by field as orders.v2.oas2.yml has them. Money is Decimal, dates are aware and in
UTC. Missing, null, "", [] and {} are the same: nothing (facts F16, F17).
"""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal


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
class FormField:
    """What a shopper wrote into a field that the merchant added to the checkout."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class TaxLine:
    """A tax of an order, and what it is for (facts F39, F79).

    kind: item, shipping, handling or gift-wrapping
    line_id, address_id: 0 where the store does not say
    """

    name: str
    rate: Decimal
    priority: int
    kind: str
    line_id: int
    address_id: int


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
    form_fields: tuple[FormField, ...]
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


@dataclass(frozen=True, slots=True)
class OrderHeader:
    """An order as a list shows it without its lines."""

    id: int
    status_id: int
    date_created: datetime | None
    is_deleted: bool
    is_digital: bool
    currency_code: str
    total_inc_tax: Decimal
    total_tax: Decimal
    payment_status: str
    items_total: int
    items_shipped: int
    address_count: int | None
