"""A request to the API, and what is kept of it."""

import json
from dataclasses import dataclass

from werkzeug.wrappers import Request

from ..problems import Problem


@dataclass(frozen=True)
class Call:
    """A request that the API was asked, and the status of its answer."""

    method: str
    path: str
    query: dict
    body: object
    status: int


class ApiRequest(Request):
    """A request with a JSON body."""

    def json_body(self):
        """Return the parsed body.

        :raise Problem: when it is no JSON object or array
        """
        try:
            body = json.loads(self.get_data() or b"null", parse_constant=_refuse)
        except (ValueError, RecursionError) as error:
            raise Problem(400, "The body is not valid JSON.") from error
        if not isinstance(body, dict | list):
            raise Problem(400, "The body must be an object or an array.")
        return body

    def json_object(self):
        """Return the parsed body of an endpoint that takes one object.

        :raise Problem: when it is anything else
        """
        body = self.json_body()
        if not isinstance(body, dict):
            raise Problem(400, "The body must be an object.")
        return body

    def json_or_text(self):
        """Return the body as it was sent, parsed where it can be; None without one."""
        sent = self.get_data()
        try:
            return json.loads(sent) if sent else None
        except (ValueError, RecursionError):
            return sent.decode(errors="replace")


def _refuse(constant):
    """NaN and the infinities are no JSON."""
    raise ValueError(constant)
