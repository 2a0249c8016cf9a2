"""The filters and sorting of `GET /v2/orders` (fact F22)."""

from decimal import Decimal, InvalidOperation

from ....formats import parse_moment
from ....problems import Problem
from ..query import integer

EQUAL = ("customer_id", "status_id", "channel_id")
SAME_TEXT = ("cart_id", "payment_method", "external_order_id")
NAMES = (
    *EQUAL,
    *SAME_TEXT,
    "email",
    "min_id",
    "max_id",
    "min_total",
    "max_total",
    "min_date_created",
    "max_date_created",
    "min_date_modified",
    "max_date_modified",
)
SORTS = (
    "id",
    "customer_id",
    "date_created",
    "date_modified",
    "status_id",
    "channel_id",
    "external_id",
)


def matching(orders, args):
    """Return the orders that a request's filters let through, sorted as it asks.

    :raise Problem: 400 for a filter or a sort that cannot be read
    """
    tests = [
        *_number_tests(args),
        *_text_tests(args),
        *_date_tests(args),
    ]
    found = [order for order in orders if all(test(order) for test in tests)]
    _sort(found, args.get("sort", "id"))
    return found


def _number_tests(args):
    for name in EQUAL:
        if name in args:
            yield _equal(name, integer(args, name))
    if "min_id" in args:
        yield _within("id", low=integer(args, "min_id"))
    if "max_id" in args:
        yield _within("id", high=integer(args, "max_id"))
    if "min_total" in args:
        yield _within("total_inc_tax", low=_amount(args, "min_total"), read=Decimal)
    if "max_total" in args:
        yield _within("total_inc_tax", high=_amount(args, "max_total"), read=Decimal)


def _text_tests(args):
    for name in SAME_TEXT:
        if name in args:
            yield _equal(name, args[name])
    if "email" in args:
        yield lambda order: order["billing_address"]["email"] == args["email"]


def _date_tests(args):
    for name in ("date_created", "date_modified"):
        for side, bound in (("low", f"min_{name}"), ("high", f"max_{name}")):
            moment = _moment(args.get(bound))
            if moment:
                yield _within(name, read=parse_moment, **{side: moment})


def _moment(text):
    """Return the moment of a filter, None when it cannot be read.

    Such a filter is ignored without a word: a date that was encoded twice lists all
    orders (fact F20).
    """
    if text is None:
        return None
    try:
        return parse_moment(text)
    except ValueError:
        return None


def _equal(name, value):
    return lambda order: order[name] == value


def _within(name, low=None, high=None, read=int):
    def test(order):
        value = read(order[name])
        return (low is None or value >= low) and (high is None or value <= high)

    return test


def _amount(args, name):
    try:
        amount = Decimal(args[name])
    except InvalidOperation:
        amount = Decimal("NaN")
    if not amount.is_finite():
        raise Problem(400, f"The field '{name}' is invalid.")
    return amount


def _sort(found, text):
    name, _sign, direction = text.partition(":")
    if name not in SORTS or direction not in ("", "asc", "desc"):
        raise Problem(400, "The field 'sort' is invalid.")

    def key(order):
        value = order[name]
        return parse_moment(value) if name.startswith("date") else value or 0

    found.sort(key=key, reverse=direction == "desc")
