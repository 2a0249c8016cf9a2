"""What an order costs: lines, discounts and costs, each with and without tax."""

from decimal import Decimal

from .formats import cents, money


def price_line(unit_price, quantity, rate, percent_off, inclusive):
    """Return the money of an order line.

    :param Decimal unit_price: as entered in the store
    :param Decimal rate: percent of tax
    :param Decimal percent_off: of all discounts
    :param bool inclusive: the price holds the tax
    :return: dict of Decimals; totals are before discounts, `paid` and `paid_net` after
    """
    factor = 1 + rate / 100
    net, gross = (
        (unit_price / factor, unit_price)
        if inclusive
        else (unit_price, unit_price * factor)
    )
    total_net, total_gross = cents(net * quantity), cents(gross * quantity)
    paid = cents(total_gross * (100 - percent_off) / 100)
    paid_net = total_net if not percent_off else cents(paid / factor)
    return {
        "unit_net": net,
        "unit_gross": gross,
        "net": total_net,
        "gross": total_gross,
        "paid": paid,
        "paid_net": paid_net,
    }


def price_cost(amount, rate, inclusive):
    """Return (without tax, with tax) of a cost as entered in the store."""
    amount = Decimal(amount)
    if inclusive:
        return cents(amount / (1 + rate / 100)), cents(amount)
    return cents(amount), cents(amount * (1 + rate / 100))


def cost_fields(name, net, gross):
    """Return the fields of a cost of an order: shipping, handling or wrapping."""
    return {
        f"base_{name}_cost": money(net),
        f"{name}_cost_ex_tax": money(net),
        f"{name}_cost_inc_tax": money(gross),
        f"{name}_cost_tax": money(gross - net),
        f"{name}_cost_tax_class_id": 0,
    }
