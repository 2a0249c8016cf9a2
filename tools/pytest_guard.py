"""Makes a run of pytest mean what it says.

- Odoo skips its browser tests in silence where it finds no browser; here the
  skipped ones are named at the end, and fail the run in CI.
- Network other than loopback is refused, for code that knows nothing of Odoo too.
- pytest-odoo also runs the classes tagged "-standard"; here only when named.
"""

import ipaddress
import os
import socket

from hypothesis import settings

BROWSER_REASONS = ("chrome", "websocket-client", "--odoo-http")
skipped = []

settings.register_profile("default", deadline=None)
settings.load_profile("default")


class NetworkBlocked(OSError):
    """A test tried to reach a host other than this machine."""


def pytest_configure():
    connect, connect_ex = socket.socket.connect, socket.socket.connect_ex

    def guarded(original):
        def call(self, address):
            if self.family in (socket.AF_INET, socket.AF_INET6):
                refuse_strangers(address[0])
            return original(self, address)

        return call

    socket.socket.connect = guarded(connect)
    socket.socket.connect_ex = guarded(connect_ex)


def refuse_strangers(host):
    if not is_this_machine(host):
        raise NetworkBlocked(f"tests may not reach {host}")


def is_this_machine(host):
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def pytest_collection_modifyitems(config, items):
    if any("::" in arg for arg in config.args):
        return
    extra = [
        item
        for item in items
        if "standard" not in getattr(item.cls, "test_tags", {"standard"})
    ]
    if extra:
        config.hook.pytest_deselected(items=extra)
        items[:] = [item for item in items if item not in extra]


def pytest_runtest_logreport(report):
    text = str(report.longrepr).lower()
    if report.skipped and any(reason in text for reason in BROWSER_REASONS):
        skipped.append(report.nodeid)


def pytest_terminal_summary(terminalreporter):
    specs = os.environ.get("BIGCOMMERCE_OPENAPI")
    terminalreporter.line(
        f"HTTP was checked against BigCommerce's OpenAPI files in {specs}"
        if specs
        else "NOT CHECKED against BigCommerce's OpenAPI files: set BIGCOMMERCE_OPENAPI"
    )
    for nodeid in skipped:
        terminalreporter.line(f"NOT RUN, no browser: {nodeid}", yellow=True)


def pytest_sessionfinish(session):
    if skipped and os.environ.get("CI"):
        session.exitstatus = 1
