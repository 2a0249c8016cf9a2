"""What queries of V3 lists have in common: page, limit, includes, fields, order."""

from ...problems import Problem
from .filters import choice, read, whole

# The most rows of a page, where an endpoint has no limit of its own.
LIMIT = 250
PAGING = ("page", "limit")


def paged(rows, request, limit_cap=LIMIT):
    """Return a page of rows with `meta.pagination`.

    :raise Problem: 413 for a limit that is too large, 422 for nonsense
    """
    page = read(request.args, "page", whole, 1)
    limit = read(request.args, "limit", whole, min(50, limit_cap))
    if limit > limit_cap:
        raise Problem(413, f"limit is at most {limit_cap}.")
    if limit < 1 or page < 1:
        raise Problem(422, "page and limit must be positive.")
    part = rows[(page - 1) * limit : page * limit]
    pages = max(-(-len(rows) // limit), 1)
    links = {"current": f"?page={page}&limit={limit}"}
    if page < pages:
        links["next"] = f"?page={page + 1}&limit={limit}"
    if page > 1:
        links["previous"] = f"?page={page - 1}&limit={limit}"
    pagination = {
        "total": len(rows),
        "count": len(part),
        "per_page": limit,
        "current_page": page,
        "total_pages": pages,
        "links": links,
    }
    return {"data": part, "meta": {"pagination": pagination}}


def included(args, *known):
    """Return the set of what a query includes.

    :raise Problem: 422 for what cannot be included
    """
    reader = choice(*known)
    return read(args, "include", lambda text: {reader(p) for p in _parts(text)}, set())


def only_fields(rows, args, known, included=()):
    """Keep the fields that a query wants; the id and what is included come along.

    :param known: the fields that may be named
    :raise Problem: 422 for another one
    """
    reader = choice("id", *known)

    def names(name):
        return read(args, name, lambda text: {reader(p) for p in _parts(text)}, set())

    wanted, unwanted = names("include_fields"), names("exclude_fields") - {"id"}
    kept = {"id", *included, *wanted}
    return [
        {
            name: value
            for name, value in row.items()
            if (name in kept or not wanted) and name not in unwanted
        }
        for row in rows
    ]


def sort(rows, args, names):
    """Sort rows as `sort` and `direction` of a query say, by id without them.

    :raise Problem: 422 for anything that cannot be sorted by
    """
    name = read(args, "sort", choice(*names), "id")
    down = read(args, "direction", choice("asc", "desc")) == "desc"
    rows.sort(key=lambda row: row[name], reverse=down)


def _parts(text):
    return [part for part in text.split(",") if part]
