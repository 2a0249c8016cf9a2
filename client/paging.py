"""The API's ways to hand out long lists (facts F18, F19, F22)."""

import logging
from datetime import datetime, timezone
from email.utils import format_datetime

from .errors import UnreadableAnswer
from .limits import DEFAULT_PAGE
from .payloads import LARGEST_ID, brief, readable_id

# More than any store has: 50 rows each are half a million.
MOST_PAGES = 10_000

_logger = logging.getLogger(__name__)


def keyset_pages(get, path, size, params, first_id=1):
    """Yield pages (lists of rows) in the order of their ids.

    Rows cannot slip between pages while the list changes, as they do with page
    numbers: each page asks for the ids after the last one seen. The list ends where
    the store has no more: it may give fewer rows than were asked for.

    :param get: function (path, params) -> list of rows
    :param int size: rows per page
    :param dict params: filters
    :param int first_id: the smallest id wanted
    :raise UnreadableAnswer: when the server ignores `min_id`
    """
    while True:
        page = _rows(get(path, {**params, "min_id": first_id, "limit": size}), path)
        if not page:
            return
        ids = [number for row in page if (number := id_of(row))]
        if ids and min(ids) < first_id:
            raise UnreadableAnswer(f"GET {path}: the store ignores min_id")
        yield page
        if not ids or max(ids) >= params.get("max_id", LARGEST_ID):
            # all was read; or nothing says where to go on: who reads the rows tells it
            return
        first_id = max(ids) + 1


def numbered_rows(get, path, size, params=None):
    """Yield the rows of a V2 list: page numbers, no total.

    A page with fewer rows than a server gives by itself is the last one, whatever it
    made of the size that was asked for.

    :raise UnreadableAnswer: when the server ignores `page`
    """
    number, before = 1, None
    while number <= MOST_PAGES:
        page = _rows(get(path, {**(params or {}), "page": number, "limit": size}), path)
        if not page:
            return
        if page == before:
            raise UnreadableAnswer(f"GET {path}: the store ignores page")
        yield from page
        if len(page) < min(size, DEFAULT_PAGE):
            return
        number, before = number + 1, page
    raise UnreadableAnswer(f"GET {path}: the list does not end")


def counted_rows(get, path, size=None, params=None):
    """Yield the rows of a V3 list, for as many pages as `meta.pagination` tells.

    Where it does not tell, a page without rows is the end.

    :param size: rows per page; None where the endpoint takes none
    :raise UnreadableAnswer: when an answer has no `data`, or the list does not end
    """
    number, before = 1, None
    while number <= MOST_PAGES:
        wanted = {"page": number, "limit": size} if size else {}
        if number > 1:
            wanted["page"] = number
        answer = get(path, {**(params or {}), **wanted})
        if answer == []:
            return
        rows = _rows(data_of(answer, path), path)
        if rows and rows == before:
            raise UnreadableAnswer(f"GET {path}: the store ignores page")
        yield from rows
        pages = _total_pages(answer)
        if number >= pages if pages else not (rows and size):
            return
        number, before = number + 1, rows
    raise UnreadableAnswer(f"GET {path}: the list does not end")


def id_pages(get, path, size, params, after=0):
    """Yield pages (lists of rows) of a V3 list in the order of their ids.

    Each page asks for the ids after the last one seen, so that no row slips over the
    edge of a page while the list changes. The list ends where the answer says that
    this page is the last, or has no rows.

    :param int after: the largest id that is not wanted
    :raise UnreadableAnswer: when an answer is no page, or the server ignores the ids
    """
    order = {"sort": "id", "direction": "asc", "limit": size}
    while True:
        answer = get(path, {**params, **order, "id:greater": after})
        page = list(with_ids(_rows(data_of(answer, path), path), path))
        if not page:
            return
        ids = [row["id"] for row in page]
        if min(ids) <= after:
            raise UnreadableAnswer(f"GET {path}: the store ignores id:greater")
        yield page
        if _total_pages(answer) == 1:
            return
        after = max(ids)


def filters(values):
    """Return filters as the API takes them; dates in RFC 2822, UTC."""
    return {name: _filter_text(value) for name, value in values.items()}


def _filter_text(value):
    if not isinstance(value, datetime):
        return value
    if value.tzinfo is None:
        raise ValueError("a date filter needs a time zone")
    return format_datetime(value.astimezone(timezone.utc))


def with_ids(rows, path, set_aside=None):
    """Yield the rows that can be told from one another, by their ids as numbers.

    What has no readable id is set aside, and the log says so.

    :param set_aside: function that is told of each such row, in brief
    """
    for row in rows:
        if number := id_of(row):
            yield row if row["id"] == number else {**row, "id": number}
            continue
        _logger.warning("GET %s: no readable id, set aside: %s", path, brief(row))
        if set_aside:
            set_aside(brief(row))


def only_with_ids(rows, path):
    """Yield rows as `with_ids` does, of a list from which none may be missing.

    :raise UnreadableAnswer: for a row without a readable id
    """

    def refuse(row):
        raise UnreadableAnswer(f"GET {path}: no readable id: {row}")

    return with_ids(rows, path, refuse)


def id_of(row):
    """Return the id of a row, or None when it has none."""
    return readable_id(row.get("id")) if isinstance(row, dict) else None


def _rows(page, path):
    """Return a page that is a list.

    :raise UnreadableAnswer: when it is none
    """
    if not isinstance(page, list):
        raise UnreadableAnswer(f"GET {path}: the answer is no list")
    return page


def _total_pages(answer):
    """Return the number of pages that an answer tells, or None."""
    meta = answer.get("meta")
    pagination = meta.get("pagination") if isinstance(meta, dict) else None
    pages = pagination.get("total_pages") if isinstance(pagination, dict) else None
    return pages if isinstance(pages, int) else None


def data_of(answer, path):
    """Return the `data` of a V3 answer.

    :raise UnreadableAnswer: when there is none
    """
    if not isinstance(answer, dict) or "data" not in answer:
        raise UnreadableAnswer(f"GET {path}: the answer has no data")
    return answer["data"]
