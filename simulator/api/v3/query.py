"""What queries of V3 have in common: ids, moments, fields, page and limit."""

from ...formats import parse_moment
from ...problems import Problem

# The most rows of a page, where an endpoint has no limit of its own.
LIMIT = 250


def paged(rows, request, limit_cap):
    """Return a page of rows with `meta.pagination`.

    :raise Problem: 413 for a limit that is too large, 422 for nonsense
    """
    try:
        page = int(request.args.get("page", 1))
        limit = int(request.args.get("limit", 50))
    except ValueError as error:
        raise Problem(422, "page and limit must be integers.") from error
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


def ids(text):
    """Return the set of ids of an `:in` filter.

    :raise Problem: 422 when one is no number
    """
    try:
        return {int(part) for part in text.split(",") if part}
    except ValueError as error:
        raise Problem(422, "A list of ids is invalid.") from error


def moment(args, name):
    """Return the moment that a filter names; None without it.

    :raise Problem: 422 when it cannot be read
    """
    try:
        return parse_moment(args[name]) if name in args else None
    except (TypeError, ValueError) as error:
        raise Problem(422, f"{name} is no date.") from error


def only_fields(rows, args):
    """Keep the fields that `include_fields` names; the id always comes along."""
    if "include_fields" not in args:
        return rows
    names = {"id", "variants", "images", *args["include_fields"].split(",")}
    return [{k: v for k, v in row.items() if k in names} for row in rows]
