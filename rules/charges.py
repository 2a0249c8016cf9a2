"""What a shopper was charged for an order, part by part.

Pure functions: a typed document (client/documents.py) goes in, charges come out.
Every charge knows its amount with and without tax, rounded to the currency, and
together they come to the order's total.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

ZERO = Decimal(0)
# A unit price is given with 4 decimals at best, so a rate is never exact.
MAX_RATE_DECIMALS = 4


@dataclass
class Charge:
    """One part of what was charged.

    kind: product, discount, shipping, handling, wrapping or fee
    net, gross: the whole amount without and with tax, in the order's currency
    rate: percent of tax
    line: the order line (client/documents.py) of a product
    """

    kind: str
    name: str
    net: Decimal
    gross: Decimal
    rate: Decimal
    quantity: int = 1
    line: Any = None

    @property
    def tax(self):
        return self.gross - self.net


@dataclass
class Parcel:
    """What goes to one address: its consignment and its charges."""

    consignment: Any
    charges: list = field(default_factory=list)


def parcels(document, decimals):
    """Split an order by delivery address and price each part.

    What a discount took from a line's tax is not always said, nor always meant the
    same way (bigcommerce-api.md section 4.5, total_tax): of the ways to read it, the
    one that comes to the order's tax is taken.

    :param document: the order as a typed document
    :param int decimals: of the order's currency
    :return: list of Parcel, at least one; what has no address of its own (digital
        lines, fees, wrapping) goes with the first
    """
    money, best = _Money(decimals), None
    for paid_net in (_likely_net, _stated_net, _computed_net):
        result = _divide(document, money, paid_net)
        gap = abs(tax_gap(document, result))
        if not gap:
            return result
        if best is None or gap < best[0]:
            best = gap, result
    return best[1]


def tax_gap(document, result):
    """Return the tax that the order states and its parts do not come to.

    :param list result: as `parcels` returns it
    """
    stated = document.total_tax or document.total_inc_tax - document.total_ex_tax
    return stated - sum(charge.tax for charge in _all_charges(result))


def settle_tax(result, gap):
    """Put cents of tax that rounding left on the charge that bears most of it.

    What was charged stays; how much of it is tax changes.

    :param list result: as `parcels` returns it
    :param Decimal gap: as `tax_gap` returns it
    """
    taxed = [charge for charge in _all_charges(result) if charge.rate]
    if taxed:
        max(taxed, key=lambda charge: charge.tax).net -= gap


def _divide(document, money, paid_net):
    sent = [c for c in document.consignments if c.kind in ("shipping", "pickup")]
    result = [Parcel(consignment) for consignment in sent] or [Parcel(None)]
    for consignment in document.consignments:
        parcel = next((p for p in result if p.consignment is consignment), result[0])
        parcel.charges += _product_charges(consignment.lines, money)
        parcel.charges += _discount_charges(consignment.lines, money, paid_net)
    for parcel in result:
        parcel.charges += _consignment_charges(parcel.consignment, money)
    first = result[0].charges
    first += _order_charges(document, _all_charges(result), money)
    first += _fee_charges(document, money)
    first += _rest_of_discount(document, _all_charges(result), money)
    return result


def compared_parts(document, result):
    """Return (kind, stated, found) of each part that there is, for a person to read.

    :param list result: as `parcels` returns it
    :return: amounts with tax, then the totals and the tax in them
    """
    stated = {
        "product": document.subtotal_inc_tax,
        "discount": -document.discount_amount - document.coupon_discount,
        "shipping": document.shipping_cost_inc_tax,
        "handling": document.handling_cost_inc_tax,
        "wrapping": document.wrapping_cost_inc_tax,
        "fee": sum((fee.cost_inc_tax for fee in document.fees), ZERO),
    }
    found = dict.fromkeys(stated, ZERO)
    for charge in _all_charges(result):
        found[charge.kind] += charge.gross
    rows = [
        (kind, stated[kind], found[kind])
        for kind in stated
        if stated[kind] or found[kind]
    ]
    tax = sum((charge.tax for charge in _all_charges(result)), ZERO)
    return [
        *rows,
        ("total", document.total_inc_tax, sum(found.values())),
        ("tax", tax + tax_gap(document, result), tax),
    ]


def simplest_rate(net, gross, precision=Decimal("0.0001")):
    """Return the percentage with the fewest decimals that explains two amounts.

    :param Decimal net: an amount without tax
    :param Decimal gross: the same with tax
    :param Decimal precision: the step to which both were rounded
    :return: Decimal percent, 0 when there is no tax or no amount
    """
    if net <= 0 or gross <= net:
        return ZERO
    exact = (gross / net - 1) * 100
    slack = precision * (1 + gross / net) / 2
    for decimals in range(MAX_RATE_DECIMALS + 1):
        rate = _round(exact, decimals)
        if abs(net * (1 + rate / 100) - gross) <= slack:
            return rate.normalize() + ZERO
    return _round(exact, MAX_RATE_DECIMALS)


class _Money:
    """Rounds to the currency's decimals."""

    def __init__(self, decimals):
        self.decimals = decimals

    def __call__(self, amount):
        return _round(amount, self.decimals)

    def without_tax(self, gross, rate):
        return self(gross / (1 + rate / 100))


def _round(amount, decimals):
    return amount.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def _line_rate(line):
    """Return a line's rate, from its unit price or, when that is 0, from its total."""
    return simplest_rate(line.price_ex_tax, line.price_inc_tax) or simplest_rate(
        line.total_ex_tax, line.total_inc_tax
    )


def _product_charges(lines, money):
    return [
        Charge(
            "product",
            _line_text(line),
            money(line.total_ex_tax) if line.quantity else ZERO,
            money(line.total_inc_tax) if line.quantity else ZERO,
            _line_rate(line),
            line.quantity,
            line,
        )
        for line in lines
    ]


def _line_text(line):
    options = "\n".join(f"{option.name}: {option.value}" for option in line.options)
    return f"{line.name}\n{options}" if options else line.name


def _discount_charges(lines, money, paid_net):
    """Return one charge for each discount and rate of these lines.

    What a line was reduced by is its total less `discounted_total_inc_tax`, which
    is after all discounts (bigcommerce-api.md section 4.5); the amounts of its
    `applied_discounts` only say how that divides.
    """
    amounts = defaultdict(lambda: [ZERO, ZERO])
    for line in lines:
        if not line.quantity:
            continue
        for name, rate, net, gross in _line_discounts(line, money, paid_net):
            amounts[name, rate][0] += net
            amounts[name, rate][1] += gross
    return [
        Charge("discount", name, net, gross, rate)
        for (name, rate), (net, gross) in amounts.items()
    ]


def _line_discounts(line, money, paid_net):
    """Yield (name, rate, net, gross) of each discount of a line; amounts below 0."""
    rate, paid = _line_rate(line), _paid(line)
    gross = money(paid) - money(line.total_inc_tax)
    if not gross:
        return
    net = paid_net(line, paid, rate, money) - money(line.total_ex_tax)
    parts = [(_discount_name(d), d.amount) for d in line.discounts if d.amount > 0]
    if not parts:
        parts = [("Discount", Decimal(1))]
    whole = sum(amount for _name, amount in parts)
    for name, amount in parts[:-1]:
        share_gross, share_net = (
            money(gross * amount / whole),
            money(net * amount / whole),
        )
        yield name, rate, share_net, share_gross
        gross, net = gross - share_gross, net - share_net
    yield parts[-1][0], rate, net, gross


def _paid(line):
    """Return what was paid for a line, tax included."""
    if line.discounted_total_inc_tax is not None:
        return line.discounted_total_inc_tax
    return line.total_inc_tax - sum(d.amount for d in line.discounts)


def _likely_net(line, paid, rate, money):
    """Return what was paid for a line, less tax: the store's own tax when it fits."""
    computed = _computed_net(line, paid, rate, money)
    stated = _stated_net(line, paid, rate, money)
    cent = Decimal(1).scaleb(-money.decimals)
    return stated if abs(stated - computed) <= cent else computed


def _stated_net(line, paid, rate, money):
    return money(paid) - money(line.total_tax)


def _computed_net(line, paid, rate, money):
    return money.without_tax(paid, rate)


def _discount_name(discount):
    if discount.code and discount.code not in discount.name:
        return f"{discount.name or 'Coupon'} ({discount.code})"
    return discount.name or "Discount"


def _consignment_charges(consignment, money):
    if consignment is None or consignment.kind != "shipping":
        return []
    return _cost(
        "shipping",
        consignment.shipping_method or "Shipping",
        consignment.cost_ex_tax,
        consignment.cost_inc_tax,
        money,
    ) + _cost(
        "handling",
        "Handling",
        consignment.handling_cost_ex_tax,
        consignment.handling_cost_inc_tax,
        money,
    )


def _order_charges(document, charges, money):
    """Return the costs that the order states and its consignments do not."""
    result = []
    for kind, name, net, gross in (
        (
            "shipping",
            "Shipping",
            document.shipping_cost_ex_tax,
            document.shipping_cost_inc_tax,
        ),
        (
            "handling",
            "Handling",
            document.handling_cost_ex_tax,
            document.handling_cost_inc_tax,
        ),
        (
            "wrapping",
            "Gift wrapping",
            document.wrapping_cost_ex_tax,
            document.wrapping_cost_inc_tax,
        ),
    ):
        placed = [charge for charge in charges if charge.kind == kind]
        result += _cost(
            kind,
            name,
            net - sum(charge.net for charge in placed),
            gross - sum(charge.gross for charge in placed),
            money,
        )
    return result


def _fee_charges(document, money):
    return [
        charge
        for fee in document.fees
        for charge in _cost(
            "fee", fee.name or "Fee", fee.cost_ex_tax, fee.cost_inc_tax, money
        )
    ]


def _cost(kind, name, net, gross, money):
    if not money(gross) and not money(net):
        return []
    rate = simplest_rate(net, gross)
    return [Charge(kind, name, money(net), money(gross), rate)]


def _rest_of_discount(document, charges, money):
    """Return the discount that no line carries, such as a coupon for shipping.

    Only when it explains the difference exactly: anything else is a difference,
    and is for the totals' check to report.
    """
    stated = money(document.discount_amount + document.coupon_discount)
    on_lines = -sum(c.gross for c in charges if c.kind == "discount")
    difference = money(document.total_inc_tax) - sum(c.gross for c in charges)
    if not difference or difference != on_lines - stated:
        return []
    rate = next((c.rate for c in charges if c.kind == "shipping"), ZERO)
    net = money.without_tax(difference, rate)
    return [Charge("discount", "Discount", net, difference, rate)]


def _all_charges(result):
    return [charge for parcel in result for charge in parcel.charges]
