"""The answers of the API, and what arrives of them when something goes wrong."""

import json
from datetime import datetime, timedelta, timezone

from werkzeug.http import http_date
from werkzeug.wrappers import Response

from ..problems import Problem
from .xml_answers import xml_answer

HTML = "<html><head><title>Please wait</title></head><body>Busy</body></html>"


def json_answer(body, status, quota):
    """Return an answer as the API writes it, with the headers of a Quota."""
    headers = quota.headers()
    if status == 429:
        reset = int(headers["X-Rate-Limit-Time-Reset-Ms"])
        headers["X-Retry-After"] = str(max(-(-reset // 1000), 1))
    if body == [] or status == 204:
        return Response(status=204, headers=headers)
    text = json.dumps(body)
    return Response(text, status, headers, content_type="application/json")


def refusal(problem, version, quota):
    """Return the answer to a request that ended in a Problem; version: v2 or v3."""
    return json_answer(problem.body(version), problem.status, quota)


def failure(fault, version, quota):
    """Return the answer of a `server_error` or `rate_limited` Fault."""
    if fault.kind == "server_error":
        status = fault.options.get("status", 500)
        return refusal(Problem(status, "The store has a problem."), version, quota)
    response = refusal(Problem(429, "Too many requests."), version, quota)
    if not fault.options.get("headers", True):
        for name in list(response.headers.keys()):
            if name.startswith("X-R"):
                del response.headers[name]
    elif "reset_ms" in fault.options:
        reset = str(fault.options["reset_ms"])
        response.headers["X-Rate-Limit-Time-Reset-Ms"] = reset
    return response


def spoilt(fault, response):
    """Return what arrives of an answer under a Fault, None for no fault."""
    spoil = SPOILT.get(fault.kind) if fault else None
    return spoil(fault, response) if spoil else response


def _html(fault, response):
    return Response(HTML, response.status_code, content_type="text/html")


def _empty(fault, response):
    return _json("", response)


def _truncated(fault, response):
    return _json(response.get_data()[: max(len(response.get_data()) // 2, 1)], response)


def _xml(fault, response):
    return xml_answer(response)


def _wrong_type(fault, response):
    body = json.loads(response.get_data() or "null")
    is_v3 = isinstance(body, dict) and "data" in body
    return _json(json.dumps({**body, "data": "x"} if is_v3 else "x"), response)


def _nulls(fault, response):
    return _json(
        json.dumps(_emptied(json.loads(response.get_data() or "null"))), response
    )


def _emptied(value):
    if isinstance(value, dict):
        return {name: _emptied(part) for name, part in value.items()}
    return [_emptied(part) for part in value] if isinstance(value, list) else None


def _same_page(fault, response):
    return fault.options.setdefault("kept", response)


def _redirect(fault, response):
    elsewhere = fault.options.get("to", "http://127.0.0.2:1/elsewhere")
    return Response(status=302, headers={"Location": elsewhere})


def _clock(fault, response):
    off = timedelta(hours=fault.options.get("hours", 1))
    response.headers["Date"] = http_date(datetime.now(timezone.utc) + off)
    return response


def _json(body, response):
    return Response(body, response.status_code, content_type="application/json")


SPOILT = {
    "html": _html,
    "empty": _empty,
    "truncated": _truncated,
    "xml": _xml,
    "wrong_type": _wrong_type,
    "nulls": _nulls,
    "same_page": _same_page,
    "redirect": _redirect,
    "clock": _clock,
}
