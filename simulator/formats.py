"""The ways the API writes money and moments (facts F15, F16)."""

from datetime import datetime, timezone
from decimal import ROUND_HALF_UP, Decimal
from email.utils import format_datetime, parsedate_to_datetime


def money(amount):
    """Return money as V2 orders write it: a string with 4 decimals."""
    return f"{Decimal(amount):.4f}"


def cents(amount, decimals=2):
    """Return an amount rounded to the currency's decimals."""
    return Decimal(amount).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def rfc2822(moment):
    """Return a moment as V2 writes it, empty when unset."""
    return format_datetime(_aware(moment)) if moment else ""


def iso(moment):
    """Return a moment as V3 writes it."""
    return _aware(moment).isoformat(timespec="seconds")


def parse_moment(text):
    """Return an aware datetime of a filter, in RFC 2822 or ISO 8601.

    :raise ValueError: when it is neither
    """
    try:
        if text[:4].isdecimal():
            return _aware(datetime.fromisoformat(text.replace("Z", "+00:00")))
        return _aware(parsedate_to_datetime(text))
    except (TypeError, IndexError, OverflowError) as error:
        raise ValueError(f"no moment: {text!r}") from error


def _aware(moment):
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=timezone.utc)
    return moment.astimezone(timezone.utc)
