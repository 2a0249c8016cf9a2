"""What an order costs: lines, discounts and costs, each with and without tax."""

from dataclasses import dataclass
from decimal import Decimal

from ..formats import cents, money

# Decimals of the currencies that do not have two.
DECIMALS = {"JPY": 0, "KRW": 0, "CLP": 0, "KWD": 3, "BHD": 3}


def decimals_of(currency):
    """Return the number of decimals of a currency, by its code."""
    return DECIMALS.get(currency, 2)


@dataclass(frozen=True)
class Discount:
    """A reduction of an order: a percentage of its lines, or an amount with tax."""

    id: str
    name: str
    code: str | None = None
    percent: Decimal | None = None
    amount: Decimal = Decimal(0)
    target: str = "order"


@dataclass(frozen=True)
class Terms:
    """How one order is priced.

    inclusive: prices are entered with tax
    rate: the store's usual percentage of tax
    """

    inclusive: bool
    decimals: int
    rate: Decimal
    discounts: tuple

    manual = Discount("manual-discount", "Manual Discount")


def terms_of(shop, options):
    """Return the terms of an order placed with the options of `Shop.buy`."""
    discounts = []
    if options["coupon"]:
        code, percent = options["coupon"]
        name = f"{percent}% off"
        discounts.append(Discount("coupon", name, code, percent=Decimal(percent)))
    if options["promotion"]:
        name, percent = options["promotion"]
        discounts.append(Discount("promotion", name, percent=Decimal(percent)))
    if Decimal(options["discount"]):
        manual, amount = Terms.manual, Decimal(options["discount"])
        discounts.append(Discount(manual.id, manual.name, amount=amount))
    return Terms(
        inclusive=shop.tax_inclusive,
        decimals=decimals_of(options["currency"] or shop.currency),
        rate=shop.tax_rate,
        discounts=tuple(discounts),
    )


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


def cost_fields(name, net, gross):
    """Return the fields of a cost of an order: shipping, handling or wrapping."""
    return {
        f"base_{name}_cost": money(net),
        f"{name}_cost_ex_tax": money(net),
        f"{name}_cost_inc_tax": money(gross),
        f"{name}_cost_tax": money(gross - net),
        f"{name}_cost_tax_class_id": 0,
    }


def totals(rows, addresses, fees):
    """Return the totals of an order from its parts.

    :param rows: lines as order_lines.py makes them
    :param addresses: delivery addresses with their costs as Decimal
    :param fees: fees as the API shows them
    """
    lines = {name: _sum(rows, name) for name in LINE_SUMS}
    costs = {
        "shipping": (_sum(addresses, "cost_ex_tax"), _sum(addresses, "cost_inc_tax")),
        "handling": (
            _sum(addresses, "handling_cost_ex_tax"),
            _sum(addresses, "handling_cost_inc_tax"),
        ),
        "wrapping": (lines["wrapping_cost_ex_tax"], lines["wrapping_cost_inc_tax"]),
    }
    tax, everything = lines["total_tax"], lines["discounted_total_inc_tax"]
    extra = [*costs.values(), (_sum(fees, "cost_ex_tax"), _sum(fees, "cost_inc_tax"))]
    tax += sum(gross - net for net, gross in extra)
    everything += sum(gross for _net, gross in extra)
    result = {
        "subtotal_ex_tax": money(lines["total_ex_tax"]),
        "subtotal_inc_tax": money(lines["total_inc_tax"]),
        "subtotal_tax": money(lines["total_tax"]),
        **_discount_totals(rows),
        "total_ex_tax": money(everything - tax),
        "total_inc_tax": money(everything),
        "total_tax": money(tax),
        "items_total": sum(row["quantity"] for row in rows),
    }
    for name, (net, gross) in costs.items():
        result.update(cost_fields(name, net, gross))
    return result


LINE_SUMS = (
    "total_ex_tax",
    "total_inc_tax",
    "total_tax",
    "discounted_total_inc_tax",
    "wrapping_cost_ex_tax",
    "wrapping_cost_inc_tax",
)


def _discount_totals(rows):
    given = [d for row in rows for d in row["applied_discounts"]]
    coupons = [d for d in given if d["id"] == "coupon"]
    others = [d for d in given if d["id"] != "coupon"]
    return {
        "coupon_discount": money(_sum(coupons, "amount")),
        "discount_amount": money(_sum(others, "amount")),
    }


def _sum(rows, name):
    return sum((Decimal(row[name]) for row in rows), Decimal(0))
