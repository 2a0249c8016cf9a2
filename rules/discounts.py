"""What discounts took from the lines of an order, and from their tax."""

from collections import defaultdict
from decimal import Decimal

from .amounts import ZERO
from .rates import line_rate


def discount_amounts(lines, money, paid_net):
    """Return what each discount took from these lines, by its name and rate of tax.

    What a line was reduced by is its total less `discounted_total_inc_tax`, which
    is after all discounts (fact F36); the amounts of its
    `applied_discounts` only say how that divides.

    :param Money money: rounds to the currency
    :param paid_net: one of READINGS
    :return: {(name, rate): [net, gross]}, amounts below 0
    """
    amounts = defaultdict(lambda: [ZERO, ZERO])
    for line in lines:
        if not line.quantity:
            continue
        for name, rate, net, gross in _line_discounts(line, money, paid_net):
            amounts[name, rate][0] += net
            amounts[name, rate][1] += gross
    return amounts


def _line_discounts(line, money, paid_net):
    """Yield (name, rate, net, gross) of each discount of a line; amounts below 0."""
    rate, paid = line_rate(line), _paid(line)
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


def likely_net(line, paid, rate, money):
    """Return what was paid for a line, less tax: the store's own tax when it fits."""
    computed = computed_net(line, paid, rate, money)
    stated = stated_net(line, paid, rate, money)
    cent = Decimal(1).scaleb(-money.decimals)
    return stated if abs(stated - computed) <= cent else computed


def stated_net(line, paid, rate, money):
    return money(paid) - money(line.total_tax)


def computed_net(line, paid, rate, money):
    return money.without_tax(paid, rate)


def _discount_name(discount):
    if discount.code and discount.code not in discount.name:
        return f"{discount.name or 'Coupon'} ({discount.code})"
    return discount.name or "Discount"


# The ways to read what a discount took from a line's tax, the likeliest first.
READINGS = (likely_net, stated_net, computed_net)
