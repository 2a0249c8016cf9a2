"""How a refund divides into lines of a credit note.

Pure functions: amounts go in, amounts come out; together they are the refund.
"""

from dataclasses import dataclass, field
from decimal import Decimal

from .amounts import ZERO, rounded


@dataclass
class Part:
    """One part of a refund.

    kind: PRODUCT, SHIPPING... as the store says; empty for what no item explains
    item_id: what of the order it is for (fact F43)
    gross, tax: what was paid back, tax included, and the tax in it
    """

    kind: str
    item_id: int
    quantity: int
    gross: Decimal
    tax: Decimal = field(default=ZERO)

    @property
    def net(self):
        return self.gross - self.tax


def refund_parts(items, total):
    """Return the parts of a refund; what its items do not explain is one more part.

    :param list items: `items` of a refund of GET /v3/orders/payment_actions/refunds
    :param Decimal total: the amount that was paid back
    :return: list of Part without tax, never empty unless nothing was paid back
    """
    parts = [
        Part(
            item.get("item_type") or "",
            item.get("item_id") or 0,
            int(item.get("quantity") or 1),
            _money(item.get("requested_amount")),
        )
        for item in items
    ]
    parts = [part for part in parts if part.gross]
    rest = total - sum(part.gross for part in parts)
    return parts + ([Part("", 0, 1, rest)] if rest else [])


def share_tax(parts, tax, rates, decimals):
    """Share the tax that was paid back among the parts, to the cent.

    :param list parts: changed in place
    :param Decimal tax: of the whole refund
    :param list rates: percent of tax of each part, 0 where it bears none
    :param int decimals: of the currency
    """
    weights = [
        (part, part.gross - part.gross / (1 + rate / 100))
        for part, rate in zip(parts, rates, strict=True)
    ]
    taxed = [(part, weight) for part, weight in weights if weight]
    whole, left = sum(weight for _part, weight in taxed), tax
    for part, weight in taxed[:-1]:
        part.tax = rounded(tax * weight / whole, decimals)
        left -= part.tax
    if taxed:
        taxed[-1][0].tax = left


def _money(value):
    return Decimal(str(value or 0))
