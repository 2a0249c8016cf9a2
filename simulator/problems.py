class Problem(Exception):
    """A request that is answered with an error."""

    def __init__(self, status, message, errors=None, extra=None):
        super().__init__(message)
        self.status = status
        self.message = message
        self.errors = errors or {}
        self.extra = extra or {}

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
    def __init__(self, message="The requested resource was not found."):
        super().__init__(404, message)
