"""BigCommerce over HTTP. Knows nothing of Odoo."""

from .api_path import InvalidApiPath, corrected, is_loopback
from .client import Client
from .errors import (
    ApiError,
    Conflict,
    Forbidden,
    Invalid,
    NoAnswer,
    NotFound,
    NotLive,
    OutcomeUnknown,
    RateLimited,
    Refused,
    RetryLater,
    StoreUnavailable,
    TooLarge,
    Unauthorized,
    UnreadableAnswer,
)
from .legacy import LegacyClient
from .missing_lines import lines_are_missing
from .paging import id_of
from .payloads import brief, readable_id, storable
from .parsing import parse_header, parse_order, parse_tax_lines
from .reading import InvalidDocument, Reader, parse_moment
