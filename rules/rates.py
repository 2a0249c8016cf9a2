"""Which rate of tax explains the amounts with and without it."""

from decimal import Decimal

from .amounts import ZERO, rounded

# A unit price is given with 4 decimals at best, so a rate is never exact.
MAX_RATE_DECIMALS = 4


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
        rate = rounded(exact, decimals)
        if abs(net * (1 + rate / 100) - gross) <= slack:
            return rate.normalize() + ZERO
    return rounded(exact, MAX_RATE_DECIMALS)


def line_rate(line):
    """Return a line's rate, from its unit price or, when that is 0, from its total."""
    return simplest_rate(line.price_ex_tax, line.price_inc_tax) or simplest_rate(
        line.total_ex_tax, line.total_inc_tax
    )
