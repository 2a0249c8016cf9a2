from decimal import ROUND_FLOOR, Decimal

# The API takes no larger quantity for one location (inventory.v3.yml).
LARGEST_QUANTITY = 2_147_483_647
# Sums of floats: 2.9999999999 pieces are 3.
PRECISION = Decimal("0.000001")


def listed_quantity(available, **rules):
    """Return the quantity that a store may show.

    :param float available: units that can be sold, any sign, fractions possible
    :param rules: as `listing_steps` takes them
    :return: int, 0 or above
    """
    return listing_steps(available, **rules)[-1][1]


def listing_steps(available, *, end_quantity, percentage, maximum):
    """Return how a listed quantity comes about, rule by rule.

    :param float available: units that can be sold, any sign, fractions possible
    :param end_quantity: at this many or fewer, nothing is listed
    :param float percentage: 0 to 100, the share of the available units
    :param maximum: never list more; 0 is no limit
    :return: list of (`end`, `percentage`, `maximum` or `whole`, int quantity after
        it); the last one is what is listed
    """
    units = Decimal(str(available)).quantize(PRECISION)
    if units <= end_quantity:
        return [("end", 0)]
    share = units * Decimal(str(percentage)) / 100
    steps = [
        ("percentage", _whole(share)) if percentage < 100 else ("whole", _whole(share))
    ]
    limit = min(maximum if maximum > 0 else LARGEST_QUANTITY, LARGEST_QUANTITY)
    if steps[-1][1] > limit:
        steps.append(("maximum", int(limit)))
    return [(rule, max(quantity, 0)) for rule, quantity in steps]


def _whole(units):
    return int(units.quantize(PRECISION).to_integral_value(ROUND_FLOOR))
