"""What queries of V2 have in common: names, numbers, page and limit."""

import re

from ...problems import Problem

MAX_LIMIT = 250
PAGING = ("page", "limit")


def check_names(args, known):
    """Refuse a query that names something unknown (fact F21).

    :raise Problem: 400
    """
    if unknown := sorted(set(args) - {*known}):
        raise Problem(400, f"The filter '{unknown[0]}' is not supported.")


def check_includes(args, *known):
    """Return the set of what a query includes.

    :raise Problem: 400 for what cannot be included
    """
    wanted = set(filter(None, args.get("include", "").split(",")))
    if unknown := sorted(wanted - {*known}):
        raise Problem(400, f"The include '{unknown[0]}' is not supported.")
    return wanted


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
    """Return a query parameter as an int; the default without it.

    :raise Problem: 400 when it is none
    """
    if name not in args:
        return default
    if not re.fullmatch(r"-?\d{1,18}", args[name], re.ASCII):
        raise Problem(400, f"The field '{name}' is invalid.")
    return int(args[name])


def flag(args, name):
    """Return whether a query parameter says true.

    :raise Problem: 400 for anything but true or false
    """
    return choice(args, name, "true", "false") == "true"


def choice(args, name, *values):
    """Return a query parameter that is one of some texts; None without it.

    :raise Problem: 400 for another text
    """
    if name in args and args[name] not in values:
        raise Problem(400, f"The field '{name}' is invalid.")
    return args.get(name)
