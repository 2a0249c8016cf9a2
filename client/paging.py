"""The API's ways to hand out long lists (facts F18, F19, F22)."""

from .errors import UnreadableAnswer


def keyset_pages(get, path, size, params, first_id=1):
    """Yield pages (lists of rows) in the order of their ids.

    Rows cannot slip between pages while the list changes, as they do with page
    numbers: each page asks for the ids after the last one seen.

    :param get: function (path, params) -> list of rows
    :param int size: rows per page
    :param dict params: filters
    :param int first_id: the smallest id wanted
    :raise UnreadableAnswer: when the server ignores `min_id`
    """
    while True:
        page = get(path, {**params, "min_id": first_id, "limit": size})
        if not page:
            return
        if page[0]["id"] < first_id:
            raise UnreadableAnswer(f"GET {path}: the store ignores min_id")
        yield page
        if len(page) < size:
            return
        first_id = page[-1]["id"] + 1


def numbered_rows(get, path, size, params=None):
    """Yield the rows of a V2 list: page numbers, no total; a short page is the last."""
    number = 1
    while True:
        page = get(path, {**(params or {}), "page": number, "limit": size})
        yield from page
        if len(page) < size:
            return
        number += 1


def counted_rows(get, path, size=None, params=None):
    """Yield the rows of a V3 list, for as many pages as `meta.pagination` tells.

    :param size: rows per page; None where the endpoint takes none
    :raise UnreadableAnswer: when an answer has no `data`
    """
    number = 1
    while True:
        wanted = {"page": number, "limit": size} if size else {}
        if number > 1:
            wanted["page"] = number
        answer = get(path, {**(params or {}), **wanted})
        if answer == []:
            return
        yield from data_of(answer, path)
        pagination = (answer.get("meta") or {}).get("pagination") or {}
        if number >= (pagination.get("total_pages") or 1):
            return
        number += 1


def data_of(answer, path):
    """Return the `data` of a V3 answer.

    :raise UnreadableAnswer: when there is none
    """
    if not isinstance(answer, dict) or "data" not in answer:
        raise UnreadableAnswer(f"GET {path}: the answer has no data")
    return answer["data"]
