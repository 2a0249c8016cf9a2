"""The answers of the API, and what arrives of them when something goes wrong."""

import json

from werkzeug.wrappers import Response

from ..problems import Problem

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


def spoilt(kind, response):
    """Return what arrives of an answer under a kind of Fault, None for no fault."""
    if kind == "html":
        return Response(HTML, response.status_code, content_type="text/html")
    if kind == "empty":
        return Response("", response.status_code, content_type="application/json")
    if kind == "truncated":
        half = response.get_data()[: max(len(response.get_data()) // 2, 1)]
        return Response(half, response.status_code, content_type="application/json")
    return response
