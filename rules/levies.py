"""Which levy each charge of an order bears (fact F39, decided with rates.py)."""

from .rates import (
    NO_TAX,
    Rounding,
    SetRate,
    closest,
    decide,
    levy_of,
    unknown_levy,
    whole_levy,
)

# What a tax line is for (fact F79), by the kind of charge. Fees have none.
KINDS = {
    "product": "item",
    "shipping": "shipping",
    "handling": "handling",
    "wrapping": "gift-wrapping",
}


def find_levies(charges, groups, tax_lines, rounding: Rounding):
    """Give each charge its levy: an unknown one where nothing decides.

    :param list charges: of one order; rules.charges.Charge without levy
    :param groups: lists of levies that there may be, the likeliest first: a later one
        is looked at when none of an earlier one explains an amount
    :param tax_lines: client.documents.TaxLine of the order, None while they have not
        been read
    """
    taxed = [charge for charge in charges if charge.gross != charge.net]
    for charge in charges:
        charge.levy = NO_TAX
    if tax_lines is not None:
        stated = _take_stated(taxed, tax_lines)
        taxed = [charge for charge in taxed if charge.levy is NO_TAX]
        groups = [stated, *groups]
    for levies in groups:
        taxed = _take_decided(taxed, levies, rounding, is_last=tax_lines is not None)
    for charge in taxed:
        charge.levy = unknown_levy(charge.net, charge.gross)


def _take_stated(charges, tax_lines):
    """Give charges what their own tax lines say; return all levies that are said."""
    stated = []
    for charge in charges:
        rows = [row for row in tax_lines if _is_for(row, charge)]
        rates = {SetRate(row.name, row.rate, row.priority) for row in rows if row.rate}
        if rates:
            charge.levy = levy_of(sorted(rates))
            stated.append(charge.levy)
    singles = {SetRate(row.name, row.rate, row.priority) for row in tax_lines}
    return stated or [levy_of([rate]) for rate in sorted(singles)]


def _is_for(row, charge):
    """Tell whether a tax line is for a charge; details may be missing (fact F80)."""
    if row.kind != KINDS.get(charge.kind):
        return False
    if charge.line:
        return row.line_id == charge.line.id
    return not (row.address_id and charge.address_id) or (
        row.address_id == charge.address_id
    )


def _take_decided(charges, levies, rounding, is_last):
    """Give charges what these levies decide; return the others.

    :param bool is_last: nothing more can be read, so the best is taken where several
        explain an amount
    """
    if not charges or not levies:
        return charges
    left = []
    for index, fits in decide(charges, levies, rounding).items():
        charge = charges[index]
        if fits and is_last:
            best = closest(fits, charge.net, charge.gross)
            charge.levy = whole_levy(best.rate) if best.is_divided else best
        elif fits:
            charge.levy = unknown_levy(charge.net, charge.gross)
        else:
            left.append(charge)
    return left
