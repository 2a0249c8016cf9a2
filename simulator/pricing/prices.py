"""Prices and costs as entered in the store, with and without tax."""

from decimal import Decimal


def price_line(unit_price, quantity, rate, terms):
    """Return the money of an order line before discounts.

    :param Decimal unit_price: as entered in the store
    :param Decimal rate: percent of tax
    :param Terms terms: of the order
    :return: dict of Decimals
    """
    net, gross = _sides(unit_price, rate, terms)
    unit_net, unit_gross = (
        terms.rounding.unit(side, terms.decimals) for side in (net, gross)
    )
    return {
        "unit_net": unit_net,
        "unit_gross": unit_gross,
        "net": terms.rounding.line(unit_net, net, quantity, terms.decimals),
        "gross": terms.rounding.line(unit_gross, gross, quantity, terms.decimals),
    }


def price_cost(amount, rate, terms):
    """Return (without tax, with tax) of a cost as entered in the store."""
    return tuple(
        terms.rounding.cents(side, terms.decimals)
        for side in _sides(Decimal(amount), rate, terms)
    )


def _sides(price, rate, terms):
    """Return (without tax, with tax) of a price as entered, not rounded."""
    factor = 1 + rate / 100
    return (price / factor, price) if terms.inclusive else (price, price * factor)
