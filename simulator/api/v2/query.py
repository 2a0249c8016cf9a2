"""What queries of V2 have in common: numbers, page and limit."""

from ...problems import Problem

MAX_LIMIT = 250


def page(rows, request):
    """Return the rows of the page that a request asks for.

    :raise Problem: 400 for a page or limit that does not exist
    """
    limit = integer(request.args, "limit", 50)
    number = integer(request.args, "page", 1)
    if not 0 < limit <= MAX_LIMIT or number < 1:
        raise Problem(400, "The field 'limit' or 'page' is invalid.")
    return rows[(number - 1) * limit : number * limit]


def integer(args, name, default=None):
    """Return a query parameter as an int.

    :raise Problem: 400 when it is none
    """
    try:
        return int(args.get(name, default))
    except (TypeError, ValueError) as error:
        raise Problem(400, f"The field '{name}' is invalid.") from error
