"""The store's quota of requests, shared by all its apps.

Throttling follows what the store says is left, never a count of our own
(fact F8).
"""

import math

# Of the quota, this share is left to the store's other apps.
RESERVE = 0.05
MIN_RESERVE = 2
# No quota and no wait is larger than a day in milliseconds.
LARGEST_NUMBER = 24 * 3600 * 1000


class Quota:
    """What the last answer told about the quota.

    left: int, requests that may still be made in this window; None while unknown
    """

    def __init__(self):
        self.left, self._wait = None, 0.0

    def note(self, headers):
        """Remember an answer's headers; names are case-insensitive."""
        left = _number(headers, "X-Rate-Limit-Requests-Left")
        if left is None:
            # a legacy account is told no more than this (fact F4)
            left = _number(headers, "X-BC-ApiLimit-Remaining")
        if left is None:
            return
        self.left = int(left)
        quota = _number(headers, "X-Rate-Limit-Requests-Quota") or 0
        reserve = max(MIN_RESERVE, math.floor(quota * RESERVE))
        reset = _number(headers, "X-Rate-Limit-Time-Reset-Ms") or 0
        self._wait = reset / 1000 if left <= reserve else 0.0

    def take_wait(self):
        """Return the seconds to wait before the next request, once."""
        wait, self._wait = self._wait, 0.0
        return wait


def retry_delay(headers):
    """Return the seconds that a limited answer asks to wait, or None.

    The longer one, when both headers are there.
    """
    reset = _number(headers, "X-Rate-Limit-Time-Reset-Ms")
    after = _number(headers, "X-Retry-After")
    waits = [None if reset is None else reset / 1000, after]
    return max((wait for wait in waits if wait is not None), default=None)


def _number(headers, name):
    """Return a header's number, None for none and for what cannot be meant."""
    try:
        number = float(headers[name])
    except (KeyError, ValueError):
        return None
    return number if 0 <= number <= LARGEST_NUMBER else None
