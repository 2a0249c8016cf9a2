"""How a refund divides into lines of a credit note, each with its own tax.

Pure functions: amounts go in, amounts come out; together they are the refund.
"""

from dataclasses import dataclass, field
from decimal import Decimal

from .amounts import ZERO, Money


@dataclass(frozen=True)
class Sold:
    """What a refunded item was sold for.

    unit: paid for one unit, tax included; None where nobody knows
    rates: {tax: percent} that it bears
    """

    unit: Decimal | None = None
    rates: dict = field(default_factory=dict)


@dataclass
class Part:
    """One part of a refund.

    kind: PRODUCT, SHIPPING... as the store says; empty for what no item explains
    item_id: what of the order it is for (fact F43)
    gross: what was paid back, tax included; below 0 for a deduction
    taxes: {tax: amount in it}
    text: what a person wrote about it
    """

    kind: str
    item_id: int
    quantity: int
    gross: Decimal
    text: str = ""
    taxes: dict = field(default_factory=dict)

    @property
    def tax(self):
        return sum(self.taxes.values(), ZERO)

    @property
    def net(self):
        return self.gross - self.tax


def refund_parts(refund, get_sold, order_rates, decimals):
    """Return the parts of a refund; what its items do not explain is one more part.

    :param dict refund: `items`, `total_amount` and `total_tax` as
        GET /v3/orders/payment_actions/refunds lists them
    :param get_sold: function (kind, item id, amount or None) -> Sold
    :param dict order_rates: {tax: (percent, amount in the order)} of the whole order
    :param int decimals: of the currency
    :return: list of Part, together the refund and the tax in it
    """
    money = Money(decimals)
    total, tax = _money(refund["total_amount"]), _money(refund["total_tax"])
    parts = _stated_parts(refund.get("items") or [], total, get_sold, money)
    for part in parts:
        part.taxes = _taxes_in(part.gross, get_sold(*_key(part)).rates, money)
    own = sum((part.tax for part in parts), ZERO)
    if not tax:
        for part in parts:
            part.taxes = {}
    elif not own or tax > own + _cents(parts, money):
        parts = _tax_untaxed(parts, tax - own, order_rates, money)
    elif tax < own - _cents(parts, money):
        _scale(parts, tax / own, money)
    _add_cents(parts, tax - sum((part.tax for part in parts), ZERO))
    return [part for part in parts if part.gross or part.tax]


def _key(part):
    return part.kind, part.item_id, part.gross


def _stated_parts(items, total, get_sold, money):
    """Return the parts without tax: of items, deductions, and the rest.

    A refund by quantity says no amount (fact F44): what was paid for the units, as far
    as the refund's total goes.
    """
    parts = [_item_part(item) for item in items]
    deductions = [
        Part(
            item.get("item_type") or "",
            item.get("item_id") or 0,
            1,
            -abs(_money(adjustment.get("amount"))),
            adjustment.get("description") or "",
        )
        for item in items
        for adjustment in item.get("adjustments") or []
    ]
    by_quantity = [part for part in parts if part.gross is None]
    stated = sum((part.gross for part in parts if part.gross is not None), ZERO)
    taken = sum((part.gross for part in deductions), ZERO)
    if not by_quantity and stated == total:
        # the amounts are what was left
        deductions = []
    _price(by_quantity, total - stated - taken, get_sold, money)
    parts += deductions
    rest = total - sum((part.gross for part in parts), ZERO)
    return parts + ([Part("", 0, 1, rest)] if rest else [])


def _item_part(item):
    amount = item.get("requested_amount")
    return Part(
        item.get("item_type") or "",
        item.get("item_id") or 0,
        int(item.get("quantity") or 1),
        None if amount is None else _money(amount),
        item.get("reason") or "",
    )


def _price(parts, left, get_sold, money):
    """Give parts without an amount their share of what the refund leaves for them."""
    weights = []
    for part in parts:
        unit = get_sold(part.kind, part.item_id, None).unit
        weights.append(Decimal(1) if unit is None else unit * part.quantity)
    for index, part in enumerate(parts):
        whole = sum(weights[index:])
        part.gross = money(left * weights[index] / whole) if whole else ZERO
        left -= part.gross


def _taxes_in(gross, rates, money):
    """Return {tax: amount} of what is in an amount that bears these rates."""
    factor = 1 + sum(rates.values(), ZERO) / 100
    return {tax: money(gross * rate / 100 / factor) for tax, rate in rates.items()}


def _cents(parts, money):
    """Return by how much rounding may move the tax of these parts."""
    return Decimal(len(parts)).scaleb(-money.decimals)


def _add_cents(parts, cents):
    """Put what rounding left on the largest tax."""
    taxed = [part for part in parts if part.taxes]
    if cents and taxed:
        taxes = max(taxed, key=lambda part: abs(part.tax)).taxes
        taxes[max(taxes, key=taxes.get)] += cents


def _scale(parts, share, money):
    """Have parts bear less tax than they were sold with: the store said so."""
    for part in parts:
        part.taxes = {tax: money(amount * share) for tax, amount in part.taxes.items()}


def _tax_untaxed(parts, tax, order_rates, money):
    """Put tax that no part explains on what bears none, at the order's own rates.

    Each rate gets the base that the tax is of; what is left bears no tax.

    :return: list of Part
    """
    untaxed = [part for part in parts if not part.tax]
    weight = sum((amount for _rate, amount in order_rates.values()), ZERO)
    if not untaxed or not weight:
        return parts
    taxed = [part for part in parts if part.tax]
    free, left = sum((part.gross for part in untaxed), ZERO) - tax, tax
    first, shares = untaxed[0], []
    for key, (rate, amount) in order_rates.items():
        share = money(tax * amount / weight)
        shares.append((key, rate, share))
        left -= share
    shares[0] = (*shares[0][:2], shares[0][2] + left)
    bases = _bases(shares, free, money)
    divided = [
        Part(first.kind, first.item_id, 1, base + share, first.text, {key: share})
        for (key, _rate, share), base in zip(shares, bases, strict=True)
    ]
    rest = free - sum(bases)
    last = [Part(first.kind, first.item_id, 1, rest, first.text)] if rest else []
    return taxed + divided + last


def _bases(shares, free, money):
    """Return what each (tax, percent, amount) is of: all there is, where it fits."""
    exact = [share * 100 / rate for _key, rate, share in shares]
    whole, cent = sum(exact), Decimal(1).scaleb(-money.decimals)
    slack = sum(cent * 100 / rate for _key, rate, _share in shares)
    if whole > free - slack and whole:
        exact = [base * free / whole for base in exact]
        bases = [money(base) for base in exact[:-1]]
        return [*bases, free - sum(bases)]
    return [money(base) for base in exact]


def _money(value):
    return Decimal(str(value or 0))
