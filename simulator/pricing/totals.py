"""The totals of an order, from its lines and costs."""

from decimal import Decimal

from ..formats import money

LINE_SUMS = (
    "total_ex_tax",
    "total_inc_tax",
    "total_tax",
    "discounted_total_inc_tax",
    "wrapping_cost_ex_tax",
    "wrapping_cost_inc_tax",
)


def totals(rows, addresses, fees, terms):
    """Return the totals of an order from its parts.

    :param rows: lines as order_lines.py makes them
    :param addresses: delivery addresses with their costs as Decimal
    :param fees: fees as the API shows them
    :param Terms terms: of the order
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
    tax = terms.rounding.cents(tax, terms.decimals)
    everything = terms.rounding.cents(everything, terms.decimals)
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
        result.update(_cost_fields(name, net, gross))
    return result


def _discount_totals(rows):
    given = [d for row in rows for d in row["applied_discounts"]]
    coupons = [d for d in given if d["id"] == "coupon"]
    others = [d for d in given if d["id"] != "coupon"]
    return {
        "coupon_discount": money(_sum(coupons, "amount")),
        "discount_amount": money(_sum(others, "amount")),
    }


def _cost_fields(name, net, gross):
    """Return the fields of a cost of an order: shipping, handling or wrapping."""
    return {
        f"base_{name}_cost": money(net),
        f"{name}_cost_ex_tax": money(net),
        f"{name}_cost_inc_tax": money(gross),
        f"{name}_cost_tax": money(gross - net),
        f"{name}_cost_tax_class_id": 0,
    }


def _sum(rows, name):
    return sum((Decimal(row[name]) for row in rows), Decimal(0))
