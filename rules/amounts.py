"""Amounts of money, rounded as a currency has it."""

from decimal import ROUND_HALF_UP, Decimal

ZERO = Decimal(0)


def rounded(amount, decimals):
    """Return an amount with so many decimals, half a unit away from zero."""
    return amount.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


class Money:
    """Rounds amounts to the decimals of a currency."""

    def __init__(self, decimals):
        self.decimals = decimals

    def __call__(self, amount):
        return rounded(amount, self.decimals)

    def without_tax(self, gross, rate):
        """Return what is left of an amount less its tax.

        :param Decimal rate: percent
        """
        return self(gross / (1 + rate / 100))
