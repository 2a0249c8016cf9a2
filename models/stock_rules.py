from decimal import ROUND_FLOOR, Decimal

# The API takes no larger quantity for one location (inventory.v3.yml).
LARGEST_QUANTITY = 2_147_483_647
# Sums of floats: 2.9999999999 pieces are 3.
PRECISION = Decimal("0.000001")


def listed_quantity(available, *, end_quantity, percentage, maximum):
    """Return the quantity that a store may show.

    :param float available: units that can be sold, any sign, fractions possible
    :param end_quantity: at this many or fewer, nothing is listed
    :param float percentage: 0 to 100, the share of the available units
    :param maximum: never list more; 0 is no limit
    :return: int, 0 or above
    """
    units = Decimal(str(available)).quantize(PRECISION)
    if units <= end_quantity:
        return 0
    share = units * Decimal(str(percentage)) / 100
    listed = int(share.quantize(PRECISION).to_integral_value(ROUND_FLOOR))
    if maximum > 0:
        listed = min(listed, int(maximum))
    return min(max(listed, 0), LARGEST_QUANTITY)
