"""Tracking numbers as people and carriers' addons type them into one field."""

import re

# What people and carriers' addons put between two numbers.
SEPARATORS = re.compile(r"[+/&|,;\\\n\r\t]|\s-\s")
# A number has at least this many signs, and digits or capitals only: words have not.
SHORTEST_NUMBER = 2
WORDS = {"NA", "NO", "NONE", "TBA", "TBC", "PENDING", "UNKNOWN", "COLLECTED", "PICKUP"}
# A longer run of short groups is one number written the way labels print it, such
# as 1Z 999 AA1 01 2345 6784.
GROUP_LENGTH = 4
FEWEST_GROUPS = 3


def split_numbers(text):
    """Return the single tracking numbers of a field.

    Words and signs are no numbers.

    :param str text: numbers with any of SEPARATORS or spaces between them; may be empty
    :return: list of str in the order of the text, each once
    """
    numbers = []
    for part in SEPARATORS.split(text or ""):
        words = part.split()
        numbers += ["".join(words)] if _is_one_number(words) else words
    return list(dict.fromkeys(filter(_is_number, numbers)))


def _is_number(word):
    if len(word) < SHORTEST_NUMBER:
        return False
    return any(map(str.isdigit, word)) or (word.isupper() and word not in WORDS)


def hand_out(shared, own):
    """Give each parcel of a delivery its numbers; none is lost.

    A parcel's own numbers go before those of the delivery, which go to the others in
    order. One number of the delivery is the number of all parcels; numbers that are
    left over go to the last parcel.

    :param list shared: str, the numbers of the delivery
    :param list own: for each parcel, in order, the list of its own numbers
    :return: list of lists of str, one for each parcel
    """
    taken = {number for numbers in own for number in numbers}
    shared = [number for number in shared if number not in taken]
    if len(shared) == len(own):
        return [[*numbers, number] for numbers, number in zip(own, shared, strict=True)]
    result = [list(numbers) for numbers in own]
    without = [numbers for numbers in result if not numbers] or result[-1:]
    if len(shared) == 1:
        shared *= len(without)
    for numbers, number in zip(without, shared, strict=False):
        numbers.append(number)
    without[-1].extend(shared[len(without) :])
    return result


def _is_one_number(words):
    return len(words) >= FEWEST_GROUPS and all(
        len(word) <= GROUP_LENGTH and word.isalnum() and word == word.upper()
        for word in words
    )
