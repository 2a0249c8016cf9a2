import re
from datetime import datetime, timezone
from decimal import Decimal
from email.utils import parsedate_to_datetime
from html import unescape

from .payloads import LARGEST_ID

ENTITY = re.compile(r"&(#\d{1,7}|#x[\da-fA-F]{1,6}|[A-Za-z]\w{1,31});")
# More than any currency's money; what is larger cannot be stored.
LARGEST_AMOUNT = Decimal(10) ** 12


class InvalidDocument(ValueError):
    """A payload holds something that cannot be read; names the field."""


class Reader:
    """Reads the fields of one JSON object, whatever way the API writes them."""

    def __init__(self, raw, label):
        """
        :param raw: the object; a list of one object and nothing at all are taken too
        :param str label: names the object in errors
        """
        if isinstance(raw, list):
            raw = raw[0] if raw else {}
        self.raw = raw or {}
        self._label = label
        if not isinstance(self.raw, dict):
            raise InvalidDocument(f"{label} is not an object: {raw!r}")

    def has(self, name):
        """Tell whether a field says anything."""
        return self.raw.get(name) not in (None, "")

    def text(self, name):
        """Return a text without blanks around it, empty when there is none.

        Channels send some texts with HTML entities: they are decoded, once.
        """
        value = self.raw.get(name)
        text = "" if value is None else str(value)
        return ENTITY.sub(lambda entity: unescape(entity[0]), text).strip()

    def integer(self, name):
        """Return a whole number, 0 when there is none."""
        amount = self.amount(name)
        if amount != int(amount) or abs(amount) > LARGEST_ID:
            raise self._invalid(name)
        return int(amount)

    def id(self, name):
        """Return an id, which must be there."""
        if not self.integer(name) > 0:
            raise self._invalid(name)
        return self.integer(name)

    def amount(self, name):
        """Return an amount as Decimal, 0 when there is none."""
        value = self.raw.get(name)
        if isinstance(value, dict | list) and value:
            raise self._invalid(name)
        try:
            amount = Decimal(str(value or 0).strip())
            fits = amount.is_finite() and abs(amount) <= LARGEST_AMOUNT
        except ArithmeticError:
            raise self._invalid(name) from None
        if not fits:
            raise self._invalid(name)
        return amount

    def flag(self, name):
        """Return a yes or no; V2 has also been seen to write "true" and "1"."""
        return str(self.raw.get(name)).lower() in ("true", "1")

    def date(self, name):
        """Return a moment as an aware datetime in UTC, None when unset."""
        text = self.text(name)
        if not text:
            return None
        try:
            return parse_moment(text)
        except (ValueError, TypeError, OverflowError):
            raise self._invalid(name) from None

    def part(self, name):
        """Return a reader of the object in a field, of an empty one if none."""
        return Reader(self.raw.get(name), f"{name} of {self._label}")

    def parts(self, name):
        """Return readers of the objects in a list; a link instead of one has none."""
        value = self.raw.get(name) or []
        if isinstance(value, dict):
            return []
        if not isinstance(value, list):
            raise self._invalid(name)
        return [Reader(row, f"{name} of {self._label}") for row in value]

    def texts(self, *names):
        """Return {name: text} of some fields."""
        return {name: self.text(name) for name in names}

    def integers(self, *names):
        """Return {name: whole number} of some fields."""
        return {name: self.integer(name) for name in names}

    def amounts(self, *names):
        """Return {name: Decimal} of some fields."""
        return {name: self.amount(name) for name in names}

    def _invalid(self, name):
        value = self.raw.get(name)
        return InvalidDocument(f"{name} of {self._label} cannot be read: {value!r}")


def parse_moment(text):
    """Return an aware datetime in UTC for a date of either version of the API.

    V2 writes RFC 2822, V3 ISO 8601 (fact F15).

    :raise ValueError: when it is neither
    """
    if text[:1].isdigit() and "-" in text:
        moment = datetime.fromisoformat(text.replace("Z", "+00:00"))
    else:
        moment = parsedate_to_datetime(text)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=timezone.utc)
    return moment.astimezone(timezone.utc)
