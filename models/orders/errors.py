from odoo.exceptions import UserError


class OrderHeldError(UserError):
    """The order needs a person; trying again would not help."""

    def __init__(self, message, awaits=False):
        """Override of `__init__` to know what the order waits for.

        :param awaits: a value of `hold_cause`: when it is gone, the order comes back
        """
        super().__init__(message)
        self.awaits = awaits


class NotCreatedError(UserError):
    """A product could not be created so far: it is tried again.

    When that was given up, the order comes back when the product is there.
    """

    awaits = "product"


class DifferenceError(OrderHeldError):
    """An order does not come to what was charged; a person may accept that."""

    def __init__(self, message, difference):
        """Override of `__init__` to know the difference."""
        super().__init__(message)
        self.difference = float(difference)
