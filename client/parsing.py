"""From an order's payload to a typed document."""

from .documents import (
    Address,
    Consignment,
    Discount,
    Fee,
    FormField,
    Line,
    Option,
    Order,
    OrderHeader,
    TaxLine,
)
from .limits import NAME_LENGTH
from .reading import InvalidDocument, Reader

# Fields that are read as they are.
ORDER_TEXTS = (
    "status",
    "custom_status",
    "order_source",
    "external_order_id",
    "payment_method",
    "payment_status",
    "payment_provider_id",
    "customer_message",
    "staff_notes",
)
ORDER_INTEGERS = (
    "status_id",
    "customer_id",
    "channel_id",
    "items_total",
    "items_shipped",
)
ORDER_AMOUNTS = (
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
)

NAMES = ("first_name", "last_name", "company", "email")


def parse_order(payload):
    """Return the Order that a payload describes.

    :param dict payload: as GET /v2/orders gives it with consignments and line items
    :raise InvalidDocument: naming the field that cannot be read
    """
    order = Reader(payload, f"order {payload.get('id')}")
    if not order.has("total_inc_tax"):
        raise InvalidDocument("the order has no total (total_inc_tax)")
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
        form_fields=tuple(_form_fields(order)),
        fees=tuple(_fee(fee) for fee in order.parts("fees")),
        consignments=tuple(_consignments(order)),
        **order.texts(*ORDER_TEXTS),
        **order.integers(*ORDER_INTEGERS),
        **order.amounts(*ORDER_AMOUNTS),
    )


def parse_header(payload):
    """Return the OrderHeader that a payload describes.

    :param dict payload: as GET /v2/orders lists it
    :raise InvalidDocument: naming the field that cannot be read
    """
    order = Reader(payload, f"order {payload.get('id')}")
    count = "shipping_address_count"
    return OrderHeader(
        id=order.id("id"),
        date_created=order.date("date_created"),
        is_deleted=order.flag("is_deleted"),
        is_digital=order.flag("order_is_digital"),
        currency_code=order.text("default_currency_code"),
        payment_status=order.text("payment_status"),
        address_count=order.integer(count) if order.has(count) else None,
        **order.integers("status_id", "items_total", "items_shipped"),
        **order.amounts("total_inc_tax", "total_tax"),
    )


def _form_fields(order):
    """Yield the checkout's own fields: of the billing, then of each address."""
    shipping = order.part("consignments").parts("shipping")
    for part in (order.part("billing_address"), *shipping):
        for row in part.parts("form_fields"):
            value = row.raw.get("value")
            texts = value if isinstance(value, list) else [value]
            text = ", ".join(str(item) for item in texts if item not in (None, ""))
            if row.text("name") and text:
                yield FormField(row.text("name"), text)


def parse_tax_lines(rows):
    """Return the TaxLine of each row of GET /v2/orders/{id}/taxes.

    :raise InvalidDocument: naming the field that cannot be read
    """
    readers = [Reader(row, "a tax line") for row in rows]
    return [
        TaxLine(
            # tells taxes apart: of no use when longer, and no index takes it
            name=row.text("name")[:NAME_LENGTH],
            rate=row.amount("rate"),
            priority=row.integer("priority"),
            kind=row.text("line_item_type") or "item",
            line_id=row.integer("order_product_id"),
            address_id=row.integer("order_address_id"),
        )
        for row in readers
    ]


def _consignments(order):
    for kind, part in consignment_parts(order.part("consignments")):
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


def consignment_parts(consignments):
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
    texts = part.texts(
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
    # contacts are looked up by these: a longer one is nobody's
    names = {name: texts[name][:NAME_LENGTH] for name in NAMES}
    return Address(**{**texts, **names})


def _fee(fee):
    ex_tax = "cost_ex_tax" if "cost_ex_tax" in fee.raw else "cost_exc_tax"
    return Fee(
        id=fee.integer("id"),
        name=fee.text("display_name_customer") or fee.text("display_name_merchant"),
        cost_ex_tax=fee.amount(ex_tax),
        cost_inc_tax=fee.amount("cost_inc_tax"),
        cost_tax=fee.amount("cost_tax"),
    )


def _line_type(line):
    """Return what a line is: goods, unless it says that it is not."""
    kind = line.text("type").lower()
    return kind if kind in ("digital", "giftcertificate") else "physical"


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
        type=_line_type(line),
        **line.texts("sku", "upc", "name", "wrapping_name"),
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
