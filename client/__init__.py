"""BigCommerce over HTTP. Knows nothing of Odoo."""

from .api_path import InvalidApiPath
from .client import Client
from .documents import lines_are_missing, parse_order
from .errors import (
    ApiError,
    Conflict,
    Forbidden,
    Invalid,
    NoAnswer,
    NotFound,
    OutcomeUnknown,
    RateLimited,
    Refused,
    RetryLater,
    StoreUnavailable,
    TooLarge,
    Unauthorized,
    UnreadableAnswer,
)
from .reading import InvalidDocument, parse_moment
