"""The errors that the API answers with."""


class Problem(Exception):
    """A request that is answered with an error.

    errors: what is wrong with which fields, told by V3 only
    extra: more fields of the body in V3
    """

    def __init__(self, status, message, errors=None):
        super().__init__(message)
        self.status = status
        self.message = message
        self.errors = errors or {}
        self.extra = {}

    def body(self, version):
        """Return the error as V2 (an array) or V3 (an object) writes it."""
        if version == "v2":
            return [{"status": self.status, "message": self.message}]
        return {
            "status": self.status,
            "title": self.message,
            "type": "https://developer.bigcommerce.com/api-docs/getting-started/"
            "api-status-codes",
            "errors": self.errors,
            **self.extra,
        }


class NotFound(Problem):
    """What was asked for does not exist."""

    def __init__(self, message="The requested resource was not found."):
        super().__init__(404, message)
