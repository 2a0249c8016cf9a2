"""What may go wrong between Odoo and a store, each for as long as it is switched on."""

import socket
from contextlib import contextmanager
from unittest.mock import patch

from requests.adapters import HTTPAdapter

from ...client import transport

# (name in the table, kind of simulator.http.faults, its options)
SIMULATED = (
    ("dropped before the work", "drop_before", {}),
    ("dropped after the work", "drop_after", {}),
    ("207", "server_error", {"status": 207}),
    ("400", "server_error", {"status": 400}),
    ("401", "server_error", {"status": 401}),
    ("403", "server_error", {"status": 403}),
    ("404", "server_error", {"status": 404}),
    ("405", "server_error", {"status": 405}),
    ("409", "server_error", {"status": 409}),
    ("413", "server_error", {"status": 413}),
    ("422", "server_error", {"status": 422}),
    ("423", "server_error", {"status": 423}),
    ("429", "rate_limited", {}),
    ("429 without headers", "rate_limited", {"headers": False}),
    ("500", "server_error", {"status": 500}),
    ("502", "server_error", {"status": 502}),
    ("503", "server_error", {"status": 503}),
    ("504", "server_error", {"status": 504}),
    ("HTML", "html", {}),
    ("XML", "xml", {}),
    ("empty", "empty", {}),
    ("truncated", "truncated", {}),
    ("wrong type", "wrong_type", {}),
    ("null fields", "nulls", {}),
    ("endless pages", "same_page", {}),
    ("redirect", "redirect", {}),
    ("clock an hour ahead", "clock", {"hours": 1}),
    ("clock an hour behind", "clock", {"hours": -1}),
)


@contextmanager
def simulated(sim, method, path, kind, options):
    """Let the requests that match go wrong in the simulated store."""
    sim.faults.add(kind, method, path, times=10_000, **dict(options))
    try:
        yield
    finally:
        sim.faults.clear()


@contextmanager
def refused(sim, method, path):
    """Let nobody listen."""
    port = sim._server.server_port
    sim.stop()
    try:
        yield
    finally:
        sim.start(port)


@contextmanager
def no_such_host(sim, method, path):
    """Let the store's name be unknown."""
    unknown = socket.gaierror(socket.EAI_NONAME, "Name or service not known")
    with patch.object(socket, "getaddrinfo", side_effect=unknown):
        yield


@contextmanager
def too_late(sim, method, path):
    """Let the answers come after the time-out."""
    send = HTTPAdapter.send

    def hurried(adapter, request, **options):
        # Odoo's tests let no request end before 10 s (odoo/tests/common.py)
        return send(adapter, request, **{**options, "timeout": 0.3})

    with (
        patch.object(transport, "TRIES", 1),
        patch.object(HTTPAdapter, "send", hurried),
        simulated(sim, method, path, "delay", {"seconds": 0.6}),
    ):
        yield


FAULTS = {
    "nobody listens": refused,
    "unknown host": no_such_host,
    "answer too late": too_late,
    **{
        name: (
            lambda sim, method, path, kind=kind, options=options: simulated(
                sim, method, path, kind, options
            )
        )
        for name, kind, options in SIMULATED
    },
}
# Each of these is followed by something else; `make test` tries no more.
TELLING = (
    "nobody listens",
    "dropped after the work",
    "401",
    "422",
    "429",
    "HTML",
    "wrong type",
    "null fields",
)
