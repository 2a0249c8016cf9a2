"""What an order costs: lines, discounts and costs, each with and without tax."""

from decimal import Decimal

from .formats import cents, money

# Decimals of the currencies that do not have two.
DECIMALS = {"JPY": 0, "KRW": 0, "CLP": 0, "KWD": 3, "BHD": 3}


def decimals_of(currency):
    """Return the number of decimals of a currency, by its code."""
    return DECIMALS.get(currency, 2)


def price_line(unit_price, quantity, rate, percent_off, inclusive, decimals=2):
    """Return the money of an order line.

    :param Decimal unit_price: as entered in the store
    :param Decimal rate: percent of tax
    :param Decimal percent_off: of all discounts
    :param bool inclusive: the price holds the tax
    :param int decimals: of the currency
    :return: dict of Decimals; totals are before discounts, `paid` and `paid_net` after
    """
    factor = 1 + rate / 100
    net, gross = (
        (unit_price / factor, unit_price)
        if inclusive
        else (unit_price, unit_price * factor)
    )
    total_net, total_gross = (
        cents(net * quantity, decimals),
        cents(gross * quantity, decimals),
    )
    paid = cents(total_gross * (100 - percent_off) / 100, decimals)
    paid_net = total_net if not percent_off else cents(paid / factor, decimals)
    return {
        "unit_net": net,
        "unit_gross": gross,
        "net": total_net,
        "gross": total_gross,
        "paid": paid,
        "paid_net": paid_net,
    }


def price_cost(amount, rate, inclusive, decimals=2):
    """Return (without tax, with tax) of a cost as entered in the store."""
    amount = Decimal(amount)
    if inclusive:
        return cents(amount / (1 + rate / 100), decimals), cents(amount, decimals)
    return cents(amount, decimals), cents(amount * (1 + rate / 100), decimals)


def cost_fields(name, net, gross):
    """Return the fields of a cost of an order: shipping, handling or wrapping."""
    return {
        f"base_{name}_cost": money(net),
        f"{name}_cost_ex_tax": money(net),
        f"{name}_cost_inc_tax": money(gross),
        f"{name}_cost_tax": money(gross - net),
        f"{name}_cost_tax_class_id": 0,
    }
