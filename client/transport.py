import logging
import random
import time
from datetime import timezone
from email.utils import parsedate_to_datetime

import requests
import urllib3

from .errors import (
    PARTLY_SAVED,
    NoAnswer,
    NotLive,
    OutcomeUnknown,
    RateLimited,
    RetryLater,
    UnreadableAnswer,
    error_from_answer,
)
from .payloads import read_json
from .quota import Quota, retry_delay

_logger = logging.getLogger(__name__)

USER_AGENT = "connector_bigcommerce/19.0 (Odoo)"
# A request is tried this often, and waits this many seconds at most in all: what
# takes longer is for a later run, so that no transaction stays open meanwhile.
TRIES = 4
MAX_WAIT = 10
# All tries of a request end within these seconds, also where a store trickles. Odoo
# kills a worker after 120 s (limit_time_real).
REQUEST_SECONDS = 45
CHUNK = 64 * 1024


class Transport:
    """One session with a store: authentication, time-outs, retries, quota."""

    def __init__(
        self,
        address,
        headers=None,
        auth=None,
        timeout=20,
        sleep=time.sleep,
        read_only=False,
        quota_wait=MAX_WAIT,
    ):
        """
        :param str address: the store's address without an API version
        :param dict headers: sent with every request
        :param auth: (user name, token) of a legacy account
        :param timeout: seconds, one number
        :param sleep: function that waits some seconds
        :param bool read_only: nothing but reads may be sent
        :param quota_wait: seconds that a request may wait for the quota in all
        """
        self._address = address
        self._read_only = read_only
        self._timeout = timeout
        self._sleep = sleep
        self._quota_wait = quota_wait
        self.quota = Quota()
        self._session = requests.Session()
        self._session.auth = auth
        self._session.headers.update(
            {"Accept": "application/json", "User-Agent": USER_AGENT, **(headers or {})}
        )
        self.calls = 0
        self.server_time = None

    def request(self, method, path, params=None, body=None):
        """Send a request and return the parsed answer.

        Reads are repeated after passing troubles, and anything is after a 429, which
        says that nothing was done. A POST without a readable answer is never
        repeated.

        :return: parsed JSON; an empty list for 204, which means that there is nothing
        :raise ApiError: one of its kinds (errors.py)
        """
        if self._read_only and method != "GET":
            raise NotLive(f"{method} {path}: nothing is written to this store yet")
        waited, deadline = 0.0, time.monotonic() + REQUEST_SECONDS
        for attempt in range(1, TRIES + 1):
            waited += self._wait_for_quota(waited)
            try:
                return self._send(method, path, params, body, deadline)
            except RetryLater as error:
                limited = isinstance(error, RateLimited)
                delay = _delay(error, attempt)
                patience = self._quota_wait if limited else MAX_WAIT
                late = waited + delay > patience or time.monotonic() + delay > deadline
                if not (method == "GET" or limited) or attempt == TRIES or late:
                    error.delay = error.delay or delay
                    raise
                waited += self._wait(delay, waited)
                # what the refusal said of the quota is over with this wait
                self.quota.take_wait()
        raise AssertionError("unreachable")

    def _wait_for_quota(self, waited):
        seconds = self.quota.take_wait()
        if seconds and waited + seconds > self._quota_wait:
            # a later run goes on, and other stores work meanwhile
            raise RateLimited(
                "the store's quota of requests is nearly used up", delay=seconds
            )
        return self._wait(seconds, waited)

    def _wait(self, seconds, waited):
        seconds = min(seconds, max(MAX_WAIT - waited, 0))
        if seconds:
            self._sleep(seconds)
        return seconds

    def _send(self, method, path, params, body, deadline):
        label, started = f"{method} {path}", time.monotonic()
        self.calls += 1
        try:
            answer = self._session.request(
                method,
                self._address + path,
                params=params,
                json=body,
                timeout=max(min(self._timeout, deadline - started), 1),
                allow_redirects=False,
                stream=True,
            )
            text = _read_all(answer, deadline)
        except (requests.RequestException, urllib3.exceptions.HTTPError) as error:
            # without the cause: its text may hold what was sent
            raise _lost(method, label, error) from None
        _logger.debug(
            "%s -> %s in %.3f s", label, answer.status_code, time.monotonic() - started
        )
        self._note(answer.headers)
        return _read(method, label, answer, text)

    def _note(self, headers):
        self.quota.note(headers)
        if "Date" in headers:
            moment = parsedate_to_datetime(headers["Date"])
            self.server_time = moment.astimezone(timezone.utc)


def _delay(error, attempt):
    """Return the seconds before the next try: as asked, else growing, with jitter."""
    jitter = random.uniform(0, 0.5)  # noqa: S311 (no secret)
    if error.delay is not None:
        return error.delay + jitter
    return 2 ** (attempt - 1) + jitter


def _lost(method, label, error):
    """Return the error for a request that got no answer."""
    reason = _plain_reason(error)
    nothing_sent = isinstance(error, requests.ConnectTimeout) or (
        "NewConnectionError" in repr(error) or "NameResolutionError" in repr(error)
    )
    if method == "POST" and not nothing_sent:
        return OutcomeUnknown(f"{label}: {reason}; it may have been done")
    return NoAnswer(f"{label}: {reason}")


def _plain_reason(error):
    if isinstance(error, requests.Timeout):
        return "the store did not answer in time"
    if isinstance(error, requests.exceptions.SSLError):
        return "the store's certificate is not valid"
    if isinstance(error, requests.ConnectionError):
        return "the store cannot be reached, or broke the connection off"
    return f"the request failed ({type(error).__name__})"


def _read_all(answer, deadline):
    """Return the bytes of an answer, as long as they come in time.

    :raise requests.Timeout: when the store trickles
    """
    chunks = []
    with answer:
        # each read gives what has come so far, so that the clock is looked at
        while chunk := answer.raw.read1(CHUNK, decode_content=True):
            chunks.append(chunk)
            if time.monotonic() > deadline:
                raise requests.Timeout
    return b"".join(chunks)


def _read(method, label, answer, text):
    status = answer.status_code
    if 300 <= status < 400:
        raise error_from_answer(
            label, status, {"title": "the API path leads elsewhere"}
        )
    body, readable = _json(answer, text)
    if status >= 400 or (status == PARTLY_SAVED and method == "PUT"):
        delay = retry_delay(answer.headers) if status == 429 else None
        error = error_from_answer(label, status, body, delay)
        if method == "POST" and status >= 500:
            raise OutcomeUnknown(f"{error.message}; it may have been done", status)
        raise error
    if not readable:
        message = f"HTTP {status} on {label}: the answer is not JSON, or is cut off"
        if method == "POST":
            raise OutcomeUnknown(f"{message}; it may have been done", status)
        raise UnreadableAnswer(message, status)
    return body


def _json(answer, text):
    """Return (parsed body, whether it could be read).

    Only 204 says that there is nothing. What else has no body was cut off on the way.
    """
    if answer.status_code == 204:
        return [], True
    try:
        return read_json(text.decode()), True
    except ValueError:
        return None, False
