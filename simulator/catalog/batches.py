"""How many rows a call may change at once (facts F53, F57)."""

from ..problems import Problem

PRODUCTS = 10
VARIANTS = 50
ADJUSTMENTS = 2000


def check_batch(rows, limit):
    """Check that a batch is a list of objects, and not too long.

    :raise Problem: 413 when it is too long, 422 for anything else
    """
    if not isinstance(rows, list) or not rows:
        raise Problem(422, "A list of items is required.")
    if len(rows) > limit:
        raise Problem(413, f"At most {limit} items are allowed, {len(rows)} given.")
    if not all(isinstance(row, dict) for row in rows):
        raise Problem(422, "Each item must be an object.")
