"""What can go wrong, named by what the caller does next."""


class ApiError(Exception):
    """BigCommerce could not be asked, or refused.

    status: HTTP status or None
    message: plain words with the store's own
    details: dict of field -> the store's words about it
    """

    def __init__(self, message, status=None, details=None):
        super().__init__(message)
        self.message = message
        self.status = status
        self.details = details or {}


class NotLive(ApiError):
    """The store may not be written to yet; nothing was sent."""


class RetryLater(ApiError):
    """Nothing is wrong with the request: send it again after `delay` seconds."""

    def __init__(self, message, status=None, details=None, delay=None):
        super().__init__(message, status, details)
        self.delay = delay


class RateLimited(RetryLater):
    """The store's quota of requests is used up."""


class StoreUnavailable(RetryLater):
    """The store answers with a server error."""


class NoAnswer(RetryLater):
    """Nothing was sent, or a request that may be repeated got no answer."""


class UnreadableAnswer(RetryLater):
    """The answer is not what the API sends: HTML, or cut off."""


class OutcomeUnknown(ApiError):
    """A POST may or may not have been done: read the store before repeating it."""


class Refused(ApiError):
    """The request itself is wrong: sending it again does not help."""


class Unauthorized(Refused):
    """The token is wrong, or was revoked."""


class Forbidden(Refused):
    """The API account lacks the scope, or the store's plan the feature."""


class NotFound(Refused):
    """There is no such record in the store."""


class Conflict(Refused):
    """The record clashes with another one of the store."""


class TooLarge(Refused):
    """The batch or page is larger than the API takes."""


class Invalid(Refused):
    """The data are refused.

    batch_errors: list of the store's words on single items of a batch
    """

    def __init__(self, message, status=None, details=None, batch_errors=()):
        super().__init__(message, status, details)
        self.batch_errors = list(batch_errors)


# A part of a record was refused (fact F11): what it is, only the text says.
PARTLY_SAVED = 207

REFUSALS = {
    PARTLY_SAVED: Invalid,
    401: Unauthorized,
    403: Forbidden,
    404: NotFound,
    409: Conflict,
    413: TooLarge,
    422: Invalid,
}

HINTS = {
    PARTLY_SAVED: "the store saved a part of it only",
    401: "the access token or the API path is wrong",
    403: "the API account lacks a scope for this, or the store's plan does not "
    "include it",
}


def error_from_answer(label, status, body, delay=None):
    """Return the error that a failed answer stands for.

    The only place where HTTP statuses are read (facts F5, F9, F10).

    :param str label: method and path of the request
    :param int status: HTTP status, 300 or above, or PARTLY_SAVED
    :param body: parsed JSON, or None when there is none
    :param delay: seconds to wait, where the store says so
    """
    words, details = _stores_words(body)
    hint = HINTS.get(status)
    message = f"HTTP {status} on {label}"
    message += "".join(f": {text}" for text in (hint, words) if text)
    if status == 429:
        return RateLimited(message, status, details, delay)
    if status >= 500 and status != 501:
        return StoreUnavailable(message, status, details, delay)
    if status == 422:
        batch = body.get("batch_errors") if isinstance(body, dict) else None
        return Invalid(message, status, details, batch or ())
    return REFUSALS.get(status, Refused)(message, status, details)


def _stores_words(body):
    """Return (message, details) of an error: V2 sends an array, V3 an object."""
    if isinstance(body, list):
        texts = [row.get("message") for row in body if isinstance(row, dict)]
        return "; ".join(filter(None, texts)), {}
    if not isinstance(body, dict):
        return "", {}
    errors = body.get("errors") or {}
    details = errors if isinstance(errors, dict) else {"errors": errors}
    texts = [body.get("title") or body.get("message") or body.get("error")]
    texts += [f"{name}: {text}" for name, text in details.items()]
    for row in body.get("batch_errors") or ():
        texts.append(str(row.get("errors") or row) if isinstance(row, dict) else row)
    return "; ".join(str(text) for text in texts if text), details
