"""What can go wrong with requests, switched on by tests and the page."""

import re
import time
from dataclasses import dataclass, field

KINDS = (
    "delay",
    "drop_before",
    "drop_after",
    "server_error",
    "rate_limited",
    "html",
    "truncated",
    "empty",
    "xml",
    "wrong_type",
    "nulls",
    "same_page",
    "redirect",
    "clock",
)


@dataclass
class Fault:
    """Something that goes wrong with some requests.

    kind: `delay` (seconds), `drop_before` and `drop_after` the work is done,
        `server_error` (status), `rate_limited` (headers True or False), `html`
        or `xml` instead of JSON, `truncated` or `empty` body, `wrong_type` (a text
        where there should be more), `nulls` (each value is null), `same_page` (the
        first answer again and again), `redirect` (to another host), `clock` (hours
        that it is off)
    method, path: which requests; path is a regular expression searched in
        "/stores/demo/v2/orders" and the like
    times: how many requests are hit
    """

    kind: str
    method: str | None = None
    path: str | None = None
    times: int = 1
    options: dict = field(default_factory=dict)

    def hits(self, method, path):
        return (
            self.times > 0
            and self.method in (None, method)
            and (self.path is None or re.search(self.path, path) is not None)
        )


class Faults:
    """The switched-on faults."""

    def __init__(self):
        self.faults = []

    def add(self, kind, method=None, path=None, times=1, **options):
        """Switch a fault on (see Fault).

        :raise ValueError: for a kind that does not exist
        """
        if kind not in KINDS:
            raise ValueError(f"no such fault: {kind}")
        self.faults.append(Fault(kind, method, path, times, options))

    def clear(self):
        """Switch all faults off."""
        self.faults.clear()

    def take(self, method, path):
        """Return the fault that hits a request, using it up; None for none.

        Delays are carried out here.
        """
        for fault in self.faults:
            if fault.hits(method, path):
                fault.times -= 1
                if fault.kind == "delay":
                    time.sleep(fault.options.get("seconds", 1))
                    continue
                return fault
        return None
