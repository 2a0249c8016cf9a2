"""The ways in which stores round the side of a price that was not entered."""

from decimal import ROUND_HALF_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal

# Half cents go up, to the even cent, or down.
HALVES = {"up": ROUND_HALF_UP, "even": ROUND_HALF_EVEN, "down": ROUND_HALF_DOWN}


class Rounding:
    """How a store rounds; a currency's cents are its smallest amounts.

    step: what is rounded to cents: the price of each `unit`, the amount of each `line`,
        or only the `document`, whose lines then have four decimals
    half: where half cents go, one of HALVES
    """

    def __init__(self, step="line", half="up"):
        self.step = step
        self.half = half

    def cents(self, amount, decimals):
        """Return an amount in whole cents."""
        return Decimal(amount).quantize(Decimal(1).scaleb(-decimals), HALVES[self.half])

    def unit(self, amount, decimals):
        """Return the price of a unit, with the four decimals that V2 has at most."""
        return self.cents(amount, decimals if self.step == "unit" else 4)

    def line(self, unit, exact, quantity, decimals):
        """Return the amount of a line.

        :param unit: its price as `unit` rounded it
        :param exact: the same, not rounded
        """
        if self.step == "unit":
            return unit * quantity
        return self.paid(exact * quantity, decimals)

    def paid(self, amount, decimals):
        """Return what is paid for a line."""
        return self.cents(amount, 4 if self.step == "document" else decimals)
