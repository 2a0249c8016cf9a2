"""The terms an order is placed on: its tax, its currency and its discounts."""

from dataclasses import dataclass
from decimal import Decimal

from .currencies import decimals_of
from .discounts import Discount
from .rounding import Rounding


@dataclass(frozen=True)
class Terms:
    """How one order is priced.

    inclusive: prices are entered with tax
    rate: the store's usual percentage of tax
    rounding: the store's way (rounding.py)
    """

    inclusive: bool
    decimals: int
    rate: Decimal
    rounding: Rounding
    discounts: tuple

    manual = Discount("manual-discount", "Manual Discount")


def terms_of(shop, checkout):
    """Return the terms of an order that is placed with a Checkout."""
    discounts = []
    if checkout.coupon:
        code, percent = checkout.coupon
        name = f"{percent}% off"
        discounts.append(Discount("coupon", name, code, percent=Decimal(percent)))
    if checkout.promotion:
        name, percent = checkout.promotion
        discounts.append(Discount("promotion", name, percent=Decimal(percent)))
    if Decimal(checkout.discount):
        manual, amount = Terms.manual, Decimal(checkout.discount)
        discounts.append(Discount(manual.id, manual.name, amount=amount))
    return Terms(
        inclusive=shop.tax_inclusive,
        decimals=decimals_of(checkout.currency or shop.currency),
        rate=shop.tax_rate,
        rounding=shop.rounding,
        discounts=tuple(discounts),
    )
