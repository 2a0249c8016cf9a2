"""What the fields of a body may be: a kind returns what is wrong with a value, or None.

A body's fields are a dict of name and kind. V2 refuses a field that it does not know
(fact F48); V3 leaves it out (fact F101).
"""

import math

from .problems import Problem


def text(longest=None, shortest=0):
    """A text, with so many characters at least and at most."""

    def wrong(value):
        if not isinstance(value, str):
            return "must be a text"
        if len(value) < shortest:
            return f"must have at least {shortest} characters"
        if longest is not None and len(value) > longest:
            return f"must have at most {longest} characters"
        return None

    return wrong


def whole(low=None, high=None):
    """A whole number within its bounds."""

    def wrong(value):
        if isinstance(value, bool) or not isinstance(value, int):
            return "must be a whole number"
        return _out_of_bounds(value, low, high)

    return wrong


def number(low=None, high=None):
    """A number within its bounds."""

    def wrong(value):
        if isinstance(value, bool) or not isinstance(value, int | float):
            return "must be a number"
        if not math.isfinite(value):
            return "must be finite"
        return _out_of_bounds(value, low, high)

    return wrong


def flag(value):
    """True or false."""
    return None if isinstance(value, bool) else "must be true or false"


def choice(*values):
    """One of some texts."""

    def wrong(value):
        allowed = isinstance(value, str) and value in values
        return None if allowed else f"must be one of {', '.join(values)}"

    return wrong


def nullable(kind):
    """What a kind allows, or null."""
    return lambda value: None if value is None else kind(value)


def list_of(kind):
    """A list of what a kind allows."""

    def wrong(value):
        fine = isinstance(value, list) and not any(map(kind, value))
        return None if fine else "must be a list of what is allowed"

    return wrong


def rows(value):
    """A list of objects."""
    whole_list = isinstance(value, list) and all(isinstance(row, dict) for row in value)
    return None if whole_list else "must be a list of objects"


def texts(value):
    """An object whose values are texts."""
    plain = isinstance(value, dict) and all(isinstance(v, str) for v in value.values())
    return None if plain else "must be an object of texts"


def check_v2(body, fields):
    """Check the fields of a V2 body.

    :raise Problem: 400 for a field that is not known, or is of the wrong kind
    """
    for name, value in body.items():
        if name not in fields:
            words = f"The field '{name}' is not supported by this resource."
            raise Problem(400, words)
        if fields[name](value):
            raise Problem(400, f"The field '{name}' is invalid.")


def faults_of(row, fields, required=()):
    """Return what is wrong with an object of a V3 body: {field: words}."""
    missing = {name: "is required" for name in required if name not in row}
    wrong = {
        name: words
        for name, value in row.items()
        if name in fields and (words := fields[name](value))
    }
    return {**missing, **wrong}


def check_v3(row, fields, required=()):
    """Check an object of a V3 body.

    :raise Problem: 422 that names the fields
    """
    if errors := faults_of(row, fields, required):
        raise Problem(422, INVALID, errors)


# The title of a refusal that names fields (webhooks.v3.yml, 422_UnprocessableEntity).
INVALID = "JSON data is missing or invalid"


def _out_of_bounds(value, low, high):
    if low is not None and value < low:
        return f"must be at least {low}"
    if high is not None and value > high:
        return f"must be at most {high}"
    return None
