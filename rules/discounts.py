"""What discounts took from the lines of an order, and from their tax."""

from collections import defaultdict
from decimal import Decimal

from .amounts import ZERO


def discount_amounts(charges, money, paid_net):
    """Return what each discount took from these charges, by its name and levy.

    What a line was reduced by is its total less `discounted_total_inc_tax`, which
    is after all discounts (fact F36); the amounts of its
    `applied_discounts` only say how that divides.

    :param list charges: of which the products are looked at (rules/charges.py)
    :param Money money: rounds to the currency
    :param paid_net: one of READINGS
    :return: {(name, levy): [net, gross]}, amounts below 0
    """
    amounts = defaultdict(lambda: [ZERO, ZERO])
    for charge in charges:
        if not charge.line or not charge.quantity:
            continue
        for name, net, gross in _line_discounts(charge, money, paid_net):
            amounts[name, charge.levy][0] += net
            amounts[name, charge.levy][1] += gross
    return amounts


def _line_discounts(charge, money, paid_net):
    """Yield (name, net, gross) of each discount of a line; amounts below 0."""
    line, paid = charge.line, _paid(charge.line)
    gross = paid - charge.gross
    if not money(gross):
        return
    net = paid_net(line, paid, charge.levy.rate, money) - charge.net
    parts = [(_discount_name(d), d.amount) for d in line.discounts if d.amount > 0]
    if not parts:
        parts = [("Discount", Decimal(1))]
    whole = sum(amount for _name, amount in parts)
    for name, amount in parts[:-1]:
        share_gross, share_net = (
            money(gross * amount / whole),
            money(net * amount / whole),
        )
        yield name, share_net, share_gross
        gross, net = gross - share_gross, net - share_net
    yield parts[-1][0], net, gross


def _paid(line):
    """Return what was paid for a line, tax included."""
    if line.discounted_total_inc_tax is not None:
        return line.discounted_total_inc_tax
    return line.total_inc_tax - sum(d.amount for d in line.discounts)


def likely_net(line, paid, rate, money):
    """Return what was paid for a line, less tax: the store's own tax when it fits."""
    computed = computed_net(line, paid, rate, money)
    stated = stated_net(line, paid, rate, money)
    cent = Decimal(1).scaleb(-money.decimals)
    return stated if abs(stated - computed) <= cent else computed


def stated_net(line, paid, rate, money):
    return paid - line.total_tax


def computed_net(line, paid, rate, money):
    return money.without_tax(paid, rate)


def _discount_name(discount):
    if discount.code and discount.code not in discount.name:
        return f"{discount.name or 'Coupon'} ({discount.code})"
    return discount.name or "Discount"


# The ways to read what a discount took from a line's tax, the likeliest first.
READINGS = (likely_net, stated_net, computed_net)
