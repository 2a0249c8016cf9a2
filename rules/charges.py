"""What a shopper was charged for an order, part by part.

Pure functions: a typed document (client/documents.py) goes in, charges come out.
Every charge knows its amount with and without tax, rounded to the currency, and
together they come to the order's total.
"""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from .amounts import ZERO, Money
from .discounts import READINGS, discount_amounts
from .rates import line_rate, simplest_rate


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
class ConsignmentCharges:
    """What was charged for what goes to one address.

    consignment: client.documents.Consignment, None where nothing is sent
    charges: list of Charge
    """

    consignment: Any
    charges: list = field(default_factory=list)


def charge_consignments(document, decimals):
    """Split an order by delivery address and price each part.

    What a discount took from a line's tax is not always said, nor always meant the
    same way (fact F35): of the ways to read it, the
    one that comes to the order's tax is taken.

    :param document: the order as a typed document
    :param int decimals: of the order's currency
    :return: list of ConsignmentCharges, at least one; what has no address of its own
        (digital lines, fees, wrapping) goes with the first
    """
    money, best = Money(decimals), None
    for paid_net in READINGS:
        result = _divide(document, money, paid_net)
        gap = abs(tax_gap(document, result))
        if not gap:
            return result
        if best is None or gap < best[0]:
            best = gap, result
    return best[1]


def tax_gap(document, result):
    """Return the tax that the order states and its parts do not come to.

    :param list result: as `charge_consignments` returns it
    """
    stated = document.total_tax or document.total_inc_tax - document.total_ex_tax
    return stated - sum(charge.tax for charge in _all_charges(result))


def settle_tax(result, gap):
    """Put cents of tax that rounding left on the charge that bears most of it.

    What was charged stays; how much of it is tax changes.

    :param list result: as `charge_consignments` returns it
    :param Decimal gap: as `tax_gap` returns it
    """
    taxed = [charge for charge in _all_charges(result) if charge.rate]
    if taxed:
        max(taxed, key=lambda charge: charge.tax).net -= gap


def _divide(document, money, paid_net):
    sent = [c for c in document.consignments if c.kind in ("shipping", "pickup")]
    result = [ConsignmentCharges(consignment) for consignment in sent]
    result = result or [ConsignmentCharges(None)]
    for consignment in document.consignments:
        part = next((p for p in result if p.consignment is consignment), result[0])
        part.charges += _product_charges(consignment.lines, money)
        part.charges += _discount_charges(consignment.lines, money, paid_net)
    for part in result:
        part.charges += _consignment_charges(part.consignment, money)
    first = result[0].charges
    first += _order_charges(document, _all_charges(result), money)
    first += _fee_charges(document, money)
    first += _rest_of_discount(document, _all_charges(result), money)
    return result


def compared_parts(document, result):
    """Return (kind, stated, found) of each part that there is, for a person to read.

    :param list result: as `charge_consignments` returns it
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


def _product_charges(lines, money):
    return [
        Charge(
            "product",
            _line_text(line),
            money(line.total_ex_tax) if line.quantity else ZERO,
            money(line.total_inc_tax) if line.quantity else ZERO,
            line_rate(line),
            line.quantity,
            line,
        )
        for line in lines
    ]


def _line_text(line):
    options = "\n".join(f"{option.name}: {option.value}" for option in line.options)
    return f"{line.name}\n{options}" if options else line.name


def _discount_charges(lines, money, paid_net):
    return [
        Charge("discount", name, net, gross, rate)
        for (name, rate), (net, gross) in discount_amounts(
            lines, money, paid_net
        ).items()
    ]


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
    return [charge for part in result for charge in part.charges]
