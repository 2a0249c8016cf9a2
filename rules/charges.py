"""What a shopper was charged for an order, part by part.

Pure functions: a typed document (client/documents.py) goes in, charges come out.
Every charge knows its amount with and without tax, rounded to the currency, and
together they come to the order's total.
"""

from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from .amounts import ZERO, Money
from .discounts import READINGS, discount_amounts
from .levies import find_levies
from .rates import NO_TAX, Levy, Rounding


@dataclass
class Charge:
    """One part of what was charged.

    kind: product, discount, shipping, handling, wrapping or fee
    net, gross: the whole amount without and with tax, in the order's currency
    levy: the tax on it (rules/rates.py)
    line: the order line (client/documents.py) of a product
    address_id: the consignment of a cost, 0 for one of the whole order
    """

    kind: str
    name: str
    net: Decimal
    gross: Decimal
    levy: Levy = NO_TAX
    quantity: int = 1
    line: Any = None
    address_id: int = 0

    @property
    def tax(self):
        return self.gross - self.net

    @property
    def amounts(self):
        """Return (net, gross, units rounded each) of all amounts that bear the tax."""
        if self.line is None:
            return [(self.net, self.gross, 1)]
        unit = (self.line.price_ex_tax, self.line.price_inc_tax, 1)
        whole = (self.net, self.gross, self.quantity)
        return [pair for pair in (unit, whole) if pair[0] or pair[1]]


@dataclass
class ConsignmentCharges:
    """What was charged for what goes to one address.

    consignment: client.documents.Consignment, None where nothing is sent
    charges: list of Charge
    """

    consignment: Any
    charges: list = field(default_factory=list)


def charge_consignments(document, decimals, groups=(), tax_lines=None):
    """Split an order by delivery address and price each part.

    What a discount took from a line's tax is not always said, nor always meant the
    same way (fact F35): of the ways to read it, the one that comes to the order's tax
    is taken.

    :param document: the order as a typed document
    :param int decimals: of the order's currency
    :param groups: lists of rates.Levy that there may be, the likeliest first
    :param tax_lines: client.documents.TaxLine of the order, None while not read
    :return: list of ConsignmentCharges, at least one; what has no address of its own
        (digital lines, fees, wrapping) goes with the first
    """
    money, best = Money(decimals), None
    parts = _divide(document, money)
    rounding = Rounding(document.is_tax_inclusive, decimals)
    find_levies(_all_charges(parts), groups, tax_lines, rounding)
    for paid_net in READINGS:
        result = _discounted(document, parts, money, paid_net)
        _round(document, _all_charges(result), money)
        gap = abs(tax_gap(document, result))
        if not gap:
            return result
        if best is None or gap < best[0]:
            best = gap, result
    return best[1]


def unknown_taxes(result):
    """Return the charges whose tax nothing explains, or more than one rate.

    :param list result: as `charge_consignments` returns it
    """
    return [charge for charge in _all_charges(result) if not charge.levy.is_known]


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
    taxed = [charge for charge in _all_charges(result) if charge.levy.rate]
    if taxed:
        max(taxed, key=lambda charge: charge.tax).net -= gap


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


def _divide(document, money):
    """Return the charges of each consignment but discounts, exactly as stated."""
    sent = [c for c in document.consignments if c.kind in ("shipping", "pickup")]
    result = [ConsignmentCharges(consignment) for consignment in sent]
    result = result or [ConsignmentCharges(None)]
    for consignment in document.consignments:
        part = next((p for p in result if p.consignment is consignment), result[0])
        part.charges += _product_charges(consignment.lines)
    for part in result:
        part.charges += _consignment_charges(part.consignment, money)
    first = result[0].charges
    first += _order_charges(document, _all_charges(result), money)
    first += _fee_charges(document, money)
    return result


def _discounted(document, parts, money, paid_net):
    """Return these charges with the discounts among them."""
    result = []
    for part in parts:
        charges = [replace(charge) for charge in part.charges]
        charges += _discount_charges(charges, money, paid_net)
        result.append(ConsignmentCharges(part.consignment, charges))
    result[0].charges += _rest_of_discount(document, _all_charges(result), money)
    return result


def _round(document, charges, money):
    """Round exact amounts so that together they come to what was charged.

    What bears no tax has one amount: what was charged. What is whole stays whole. What
    rounding a part leaves goes on to the next one; the last takes what the store's
    rounding of the document leaves.
    """
    untaxed = [c for c in charges if c.net == c.gross or not c.levy.rate]
    tax = document.total_tax or document.total_inc_tax - document.total_ex_tax
    for side, stated in (
        ("net", document.total_inc_tax - tax),
        ("gross", document.total_inc_tax),
    ):
        _round_side(side, stated, charges, money)
    for charge in untaxed:
        charge.net = charge.gross


def _round_side(side, stated, charges, money):
    carried, broken = ZERO, []
    exact_sum = sum((getattr(charge, side) for charge in charges), ZERO)
    for charge in charges:
        exact = getattr(charge, side)
        whole = money(exact)
        if exact != whole:
            whole = money(exact + carried)
            carried += exact - whole
            broken.append(charge)
        setattr(charge, side, whole)
    half_unit = Decimal(5).scaleb(-money.decimals - 1)
    if broken and abs(stated - exact_sum) <= half_unit:
        rest = money(stated) - sum(getattr(charge, side) for charge in charges)
        setattr(broken[-1], side, getattr(broken[-1], side) + rest)


def _product_charges(lines):
    return [
        Charge(
            "product",
            _line_text(line),
            line.total_ex_tax if line.quantity else ZERO,
            line.total_inc_tax if line.quantity else ZERO,
            quantity=line.quantity,
            line=line,
        )
        for line in lines
    ]


def _line_text(line):
    options = "\n".join(f"{option.name}: {option.value}" for option in line.options)
    return f"{line.name}\n{options}" if options else line.name


def _discount_charges(charges, money, paid_net):
    return [
        Charge("discount", name, net, gross, levy)
        for (name, levy), (net, gross) in discount_amounts(
            charges, money, paid_net
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
        consignment.id,
    ) + _cost(
        "handling",
        "Handling",
        consignment.handling_cost_ex_tax,
        consignment.handling_cost_inc_tax,
        money,
        consignment.id,
    )


def _order_charges(document, charges, money):
    """Return the costs that the order states and its consignments do not."""
    result = []
    for kind, name in (
        ("shipping", "Shipping"),
        ("handling", "Handling"),
        ("wrapping", "Gift wrapping"),
    ):
        placed = [charge for charge in charges if charge.kind == kind]
        net = getattr(document, f"{kind}_cost_ex_tax")
        gross = getattr(document, f"{kind}_cost_inc_tax")
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


def _cost(kind, name, net, gross, money, address_id=0):
    if not money(gross) and not money(net):
        return []
    return [Charge(kind, name, net, gross, address_id=address_id)]


def _rest_of_discount(document, charges, money):
    """Return the discount that no line carries, such as a coupon for shipping.

    Only when it explains the difference exactly: anything else is a difference,
    and is for the totals' check to report.
    """
    stated = money(document.discount_amount + document.coupon_discount)
    on_lines = -money(sum((c.gross for c in charges if c.kind == "discount"), ZERO))
    difference = money(document.total_inc_tax) - money(
        sum((c.gross for c in charges), ZERO)
    )
    if not difference or difference != on_lines - stated:
        return []
    levy = next((c.levy for c in charges if c.kind == "shipping"), NO_TAX)
    net = money.without_tax(difference, levy.rate)
    return [Charge("discount", "Discount", net, difference, levy)]


def _all_charges(result):
    return [charge for part in result for charge in part.charges]
