"""What of an order its sale orders are made from.

Pure functions over a typed document (client/documents.py). Two versions of an order
are told apart by what matters to a sale order: not by how much of it was shipped,
paid back or noted meanwhile.
"""

import hashlib
from dataclasses import fields, is_dataclass
from decimal import Decimal

CHARGES = "charges"
BILLING = "billing"

# Of a line: what was ordered and what it cost, not what became of it.
LINE_FIELDS = (
    "id",
    "product_id",
    "variant_id",
    "sku",
    "name",
    "quantity",
    "options",
    "price_ex_tax",
    "price_inc_tax",
    "total_ex_tax",
    "total_inc_tax",
    "discounted_total_inc_tax",
    "discounts",
)
ORDER_FIELDS = (
    "currency_code",
    "shipping_cost_inc_tax",
    "handling_cost_inc_tax",
    "wrapping_cost_inc_tax",
    "fees",
    "discount_amount",
    "coupon_discount",
    "total_inc_tax",
    "total_tax",
)


def charges_digest(document):
    """Return a digest of what was ordered and charged."""
    return order_contents(document)[CHARGES]


def order_contents(document):
    """Return digests of what the sale orders of an order are made from.

    :return: dict of `charges`, of `billing`, and of each delivery address by its id
        as text
    """
    parts = [
        (part.kind, part.id, [_values(line, LINE_FIELDS) for line in part.lines])
        for part in document.consignments
    ]
    return {
        CHARGES: _digest((parts, _values(document, ORDER_FIELDS))),
        BILLING: _digest(document.billing_address),
        **{
            str(part.id): _digest((part.address, part.shipping_method))
            for part in document.shipping_consignments
        },
    }


def _values(part, names):
    return [getattr(part, name) for name in names]


def _digest(value):
    return hashlib.sha256(repr(_plain(value)).encode()).hexdigest()[:16]


def _plain(value):
    """Return a value of which equal amounts look the same: 6 and 6.0000."""
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if is_dataclass(value):
        return [_plain(getattr(value, field.name)) for field in fields(value)]
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    return value
