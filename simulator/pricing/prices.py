"""Prices and costs as entered in the store, with and without tax."""

from decimal import Decimal

from ..formats import cents


def price_line(unit_price, quantity, rate, inclusive, decimals=2):
    """Return the money of an order line before discounts.

    :param Decimal unit_price: as entered in the store
    :param Decimal rate: percent of tax
    :param bool inclusive: the price holds the tax
    :param int decimals: of the currency
    :return: dict of Decimals
    """
    factor = 1 + rate / 100
    net, gross = (
        (unit_price / factor, unit_price)
        if inclusive
        else (unit_price, unit_price * factor)
    )
    return {
        "unit_net": net,
        "unit_gross": gross,
        "net": cents(net * quantity, decimals),
        "gross": cents(gross * quantity, decimals),
    }


def price_cost(amount, rate, inclusive, decimals=2):
    """Return (without tax, with tax) of a cost as entered in the store."""
    amount = Decimal(amount)
    if inclusive:
        return cents(amount / (1 + rate / 100), decimals), cents(amount, decimals)
    return cents(amount, decimals), cents(amount * (1 + rate / 100), decimals)
