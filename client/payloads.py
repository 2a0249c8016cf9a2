"""What a store sends, made into what a database can hold."""

import json
import math
import re

# A NUL, or half of a character's two: no text of PostgreSQL holds either.
NO_TEXT = re.compile("[\x00\ud800-\udfff]")
LARGEST_ID = 2**31 - 1
ID_TEXT = re.compile("[0-9]{1,20}")
# Python reads no longer one, and nothing of a store is that large.
MOST_DIGITS = 300


def read_json(text):
    """Return the parsed JSON of an answer, without what no database holds.

    NaN and infinite numbers become texts, so that whoever reads the field can name it.

    :param str text: of the answer
    :raise ValueError: when it is not JSON
    """
    try:
        value = json.loads(
            text, parse_constant=str, parse_float=_finite, parse_int=_whole
        )
        return storable(value)
    except RecursionError as error:
        raise ValueError("nested too deep") from error


def storable(value):
    """Return a parsed payload without characters that no text may hold.

    The very same object where there are none.
    """
    if not _is_odd(value):
        return value
    if isinstance(value, float):
        return str(value)
    if isinstance(value, str):
        return NO_TEXT.sub("", value)
    if isinstance(value, list):
        return [storable(item) for item in value]
    return {storable(name): storable(item) for name, item in value.items()}


def readable_id(value):
    """Return the id in a field of a payload, or None when it is none.

    :param value: as it came: a number, or one written as a text
    """
    if isinstance(value, str) and ID_TEXT.fullmatch(value.strip()):
        value = int(value)
    is_number = isinstance(value, int) and not isinstance(value, bool)
    return value if is_number and 0 < value <= LARGEST_ID else None


def brief(value):
    """Return a payload in a few words, for a person to find it by."""
    text = json.dumps(value, default=str, ensure_ascii=True)
    return text if len(text) <= 100 else f"{text[:100]}..."


def _whole(text):
    return int(text) if len(text) <= MOST_DIGITS else text


def _finite(text):
    number = float(text)
    return number if math.isfinite(number) else text


def _is_odd(value):
    if isinstance(value, str):
        return NO_TEXT.search(value) is not None
    if isinstance(value, list):
        return any(map(_is_odd, value))
    if isinstance(value, dict):
        return any(_is_odd(name) or _is_odd(item) for name, item in value.items())
    return isinstance(value, float) and not math.isfinite(value)
