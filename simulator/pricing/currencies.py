"""The decimals of currencies."""

# Decimals of the currencies that do not have two.
DECIMALS = {"JPY": 0, "KRW": 0, "CLP": 0, "KWD": 3, "BHD": 3}


def decimals_of(currency):
    """Return the number of decimals of a currency, by its code."""
    return DECIMALS.get(currency, 2)
