"""V2 without `Accept: application/json`: XML, or 406 (fact F2)."""

import json
import re
from xml.sax.saxutils import escape

from werkzeug.wrappers import Response

from ..problems import Problem

# What XML cannot hold.
FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def wants_json(request):
    """Tell whether a request says that it takes JSON."""
    return "application/json" in request.headers.get("Accept", "").lower()


def check_format(request):
    """Refuse a request that takes neither JSON nor XML.

    :raise Problem: 406
    """
    accepted = request.headers.get("Accept", "*/*").lower()
    if not (wants_json(request) or "*/*" in accepted or "xml" in accepted):
        raise Problem(406, "The format is not available.")


def xml_answer(response):
    """Return an answer that is JSON as XML; one without a body as it is."""
    if not response.get_data():
        return response
    body = json.loads(response.get_data())
    text = f'<?xml version="1.0" encoding="UTF-8"?>\n{_element("response", body)}'
    headers = {k: v for k, v in response.headers if not k.startswith("Content-")}
    return Response(text, response.status_code, headers, content_type="application/xml")


def _element(name, value):
    if isinstance(value, dict):
        inner = "".join(_element(key, part) for key, part in value.items())
    elif isinstance(value, list):
        inner = "".join(_element("item", part) for part in value)
    else:
        plain = value if isinstance(value, str) else json.dumps(value)
        inner = escape(FORBIDDEN.sub("", "" if value is None else plain))
    tag = re.sub(r"\W", "_", name)
    return f"<{tag}>{inner}</{tag}>"
