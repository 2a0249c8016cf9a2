"""Which tax was put on an amount: of the rates that somebody set, never computed.

A store rounds one side of its prices, so two amounts never say their rate (fact F81).
They only say which of the rates that there are explains them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from .amounts import ZERO, rounded


class TaxPart(NamedTuple):
    """One tax: of a whole rate, or what one jurisdiction takes.

    name: of the jurisdiction, empty where the rate is not divided
    rate: percent
    """

    name: str
    rate: Decimal


class SetRate(NamedTuple):
    """A rate as it was set up in the store, or as it stands on an order's tax line."""

    name: str
    rate: Decimal
    priority: int


@dataclass(frozen=True)
class Levy:
    """The tax on an amount.

    rate: percent of the amount without tax, all parts together
    parts: ((TaxPart, share), ...); empty where nothing is levied, or nobody knows what
    is_divided: made of several parts whose names matter, and that are not known yet
    """

    rate: Decimal
    parts: tuple = ()
    is_divided: bool = False

    @property
    def is_known(self):
        return not self.rate or bool(self.parts)

    def split(self, tax, decimals):
        """Return {TaxPart: amount}, together the tax, to the cent.

        :param Decimal tax: that is to be divided among the parts
        """
        whole, left, amounts = sum(share for _part, share in self.parts), tax, {}
        for part, share in self.parts[:-1]:
            amounts[part] = rounded(tax * share / whole, decimals)
            left -= amounts[part]
        if self.parts:
            amounts[self.parts[-1][0]] = left
        return amounts


NO_TAX = Levy(ZERO)


def whole_levy(rate):
    """Return the levy of an undivided rate in percent."""
    rate = plain_rate(rate)
    return Levy(rate, ((TaxPart("", rate), rate),))


def levy_of(rates: Iterable[SetRate]):
    """Return the levy of rates that are taken together.

    Those of one priority are added, a later one is of the sum (fact F40).
    """
    shares, base = {}, Decimal(1)
    rates = [rate for rate in rates if rate.rate]
    for priority in sorted({rate.priority for rate in rates}):
        together = {
            TaxPart(rate.name, plain_rate(rate.rate)): base * rate.rate
            for rate in rates
            if rate.priority == priority
        }
        shares.update(together)
        base += sum(together.values()) / 100
    whole = (base - 1) * 100
    if len(shares) < 2:
        return whole_levy(whole) if shares else NO_TAX
    return Levy(plain_rate(whole), tuple(shares.items()))


def levy_of_row(row):
    """Return the levy of a rate as rules/store_rates.py keeps it."""
    if row["is_divided"]:
        return Levy(plain_rate(row["rate"]), is_divided=True)
    return whole_levy(row["rate"])


def unknown_levy(net, gross):
    """Return what stands for a tax of which nobody knows the rate."""
    return Levy((gross / net - 1) * 100) if net else NO_TAX


def plain_rate(rate):
    """Return a percentage without zeros at its end."""
    return Decimal(str(rate)).normalize() + ZERO


class Rounding(NamedTuple):
    """How far a store's rounding may move an amount.

    is_inclusive: prices are entered with tax (fact F34)
    decimals: of the currency
    """

    is_inclusive: bool
    decimals: int

    def explains(self, levy, net, gross, units, slack):
        """Tell whether a levy leads from one of two amounts to the other.

        :param units: that may have been rounded each
        :param slack: half units of the currency that each may be off
        """
        off = units * slack * Decimal(5).scaleb(-self.decimals - 1)
        factor = 1 + levy.rate / 100
        if self.is_inclusive:
            return abs(gross / factor - net) <= off
        return abs(net * factor - gross) <= off


# The side of a price that was entered is exact, the other is rounded once a unit.
ONE_SIDE = Decimal(1)
# Where no rate explains that, both sides were rounded.
BOTH_SIDES = Decimal("2.5")


def decide(charges, levies, rounding):
    """Give charges the levies that explain them, when these decide.

    One that explains them all is taken before one for each.

    :param list charges: with tax; rules.charges.Charge
    :param levies: that there may be; undivided ones go before others of that rate
    :param Rounding rounding: of the store
    :return: {index of a charge: list of levies that explain it}, of those that are not
        decided
    """
    levies = _one_for_each_rate(levies)
    options = [_fitting(levies, charge, rounding) for charge in charges]
    shared = [levy for levy in levies if all(levy in fits for fits in options)]
    options = [shared] * len(charges) if shared else _narrowed(options)
    undecided = {}
    for index, fits in enumerate(options):
        if len(fits) == 1 and not fits[0].is_divided:
            charges[index].levy = fits[0]
        else:
            undecided[index] = fits
    return undecided


def _fitting(levies, charge, rounding):
    for slack in (ONE_SIDE, BOTH_SIDES):
        fits = [levy for levy in levies if _fits(levy, charge, rounding, slack)]
        if fits:
            return fits
    return []


def _fits(levy, charge, rounding, slack):
    return all(
        rounding.explains(levy, net, gross, units, slack)
        for net, gross, units in charge.amounts
    )


def _narrowed(options):
    """Prefer, where several fit, what other amounts of the order bear for certain."""
    certain = [fits[0] for fits in options if len(fits) == 1]
    return [
        [levy for levy in fits if levy in certain] or fits if len(fits) > 1 else fits
        for fits in options
    ]


def _one_for_each_rate(levies):
    """Return one levy for each rate, the first undivided one where there is one."""
    by_rate = {}
    for levy in sorted(levies, key=lambda levy: levy.is_divided):
        if levy.rate:
            by_rate.setdefault(levy.rate, levy)
    return list(by_rate.values())


def closest(levies, net, gross):
    """Return, of levies that explain two amounts, the one that does best."""
    return min(levies, key=lambda levy: abs(net * (1 + levy.rate / 100) - gross))
