"""The filters of V3 lists: a field, or a field and what is asked of it."""

import operator
import re
from typing import NamedTuple

from ...formats import parse_moment
from ...problems import Problem

# What a filter asks of a row's value; `min` and `max` let their own value through.
TESTS = {
    "": operator.eq,
    "not": operator.ne,
    "min": operator.ge,
    "max": operator.le,
    "greater": operator.gt,
    "less": operator.lt,
    "in": lambda value, wanted: value in wanted,
    "not_in": lambda value, wanted: value not in wanted,
    "has": lambda value, wanted: wanted in value,
    "has_any": lambda value, wanted: not {*wanted}.isdisjoint(value),
    "within": lambda value, wanted: wanted.lower() in value.lower(),
    "like": lambda value, wanted: any(part.lower() in value.lower() for part in wanted),
}
LISTS = ("in", "not_in", "has_any", "like")


class Filter(NamedTuple):
    """A filter of a list.

    read: function from the text of a query to a value; raises ValueError
    operator: of TESTS
    value: function from a row to what is compared; rows where it is None are left out
    """

    read: object
    operator: str
    value: object

    def wanted(self, text):
        """Return what a query asks for; ValueError when it cannot be read."""
        if self.operator in LISTS:
            return [self.read(part) for part in text.split(",") if part]
        return self.read(text)

    def lets_through(self, row, wanted):
        """Tell whether a row is what a query asks for."""
        value = self.value(row)
        return value is not None and TESTS[self.operator](value, wanted)


def filters(field, read, *operators, value=None):
    """Return the filters of a field: {name in the query: Filter}.

    :param value: function from a row to what is compared, where that is not the
        row's own value under the field's name
    """
    value = value or operator.itemgetter(field)
    return {
        f"{field}:{name}" if name else field: Filter(read, name, value)
        for name in operators or ("",)
    }


def matching(rows, args, known):
    """Return the rows that a query's filters let through.

    :param dict known: {name: Filter}
    :raise Problem: 422 for a filter that cannot be read
    """
    for name in args:
        if name in known:
            wanted = read(args, name, known[name].wanted)
            rows = [row for row in rows if known[name].lets_through(row, wanted)]
    return list(rows)


def check_names(args, known):
    """Refuse a query that names something unknown (fact F21).

    :raise Problem: 422
    """
    if unknown := sorted(set(args) - {*known}):
        names = ", ".join(unknown)
        raise Problem(422, f"The filter(s): {names} are not valid filter parameter(s).")


def read(args, name, reader, default=None):
    """Return what a query parameter says; the default without it.

    :raise Problem: 422 when it cannot be read
    """
    if name not in args:
        return default
    try:
        return reader(args[name])
    except ValueError as error:
        raise Problem(
            422, f"The filter {name} is invalid.", {name: "invalid"}
        ) from error


# Readers


def whole(text):
    """Read a whole number."""
    if not re.fullmatch(r"-?\d{1,18}", text, re.ASCII):
        raise ValueError(text)
    return int(text)


def number(text):
    """Read a number."""
    if not re.fullmatch(r"-?\d{1,18}(\.\d{1,18})?", text, re.ASCII):
        raise ValueError(text)
    return float(text)


def flag(text):
    """Read true or false, which may be 1 or 0."""
    if text not in ("true", "1", "false", "0"):
        raise ValueError(text)
    return text in ("true", "1")


def day(text):
    """Read the day of a date or moment, as ISO 8601 writes it."""
    return parse_moment(text).date().isoformat()


def choice(*values):
    """Return a reader of one of some texts."""

    def reader(text):
        if text not in values:
            raise ValueError(text)
        return text

    return reader
