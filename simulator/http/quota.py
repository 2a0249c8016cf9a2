"""How many requests the store answers in a while."""

import time


class Quota:
    """The store's quota of requests in a window (fact F8)."""

    def __init__(self, requests, window_ms):
        self.requests = requests
        self.window_ms = window_ms
        self._start = time.monotonic()
        self._used = 0

    def use(self):
        """Count a request; return whether it was still within the quota."""
        if self._reset_ms() <= 0:
            self._start, self._used = time.monotonic(), 0
        self._used += 1
        return self._used <= self.requests

    def headers(self):
        """Return the headers that every answer carries."""
        return {
            "X-Rate-Limit-Time-Window-Ms": str(self.window_ms),
            "X-Rate-Limit-Time-Reset-Ms": str(max(self._reset_ms(), 0)),
            "X-Rate-Limit-Requests-Quota": str(self.requests),
            "X-Rate-Limit-Requests-Left": str(max(self.requests - self._used, 0)),
        }

    def _reset_ms(self):
        spent = (time.monotonic() - self._start) * 1000
        return int(self.window_ms - spent)
