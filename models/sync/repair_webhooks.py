from ..store.webhooks import Webhooks
from .direction import Direction


class RepairWebhooks(Direction, kind="repair_webhooks"):
    """The store calls as it should, or not at all."""

    writes = True

    def work(self):
        Webhooks(self.backend, self.client).repair()
