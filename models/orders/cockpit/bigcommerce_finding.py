from odoo import api, models

from ...store.readiness.bigcommerce_finding import of
from ..bigcommerce_backend import WAITING

ORDERS = "connector_bigcommerce.action_bigcommerce_order"


class BigcommerceFinding(models.Model):
    """Which orders come first when the store goes live."""

    _inherit = "bigcommerce.finding"

    def _find(self, backend, client):
        """Override of `_find` to look at the orders that wait, too."""
        return super()._find(backend, client) + self._find_orders(backend)

    @api.model
    def _find_orders(self, backend):
        since = backend.last_order_sync or self.env._("the first one")
        message = self.env._("Orders that changed since %s (UTC) are fetched.", since)
        rows = [self._row("live", "ok", message)]
        domain = [*of(backend), ("state", "in", WAITING)]
        waiting = self.env["bigcommerce.order"].search(domain, order="date_created")
        if waiting:
            message = self.env._(
                "%(count)s orders wait, the first of %(date)s.",
                count=len(waiting),
                date=waiting[0].date_created,
            )
            rows.append(self._row("live", "warning", message, ORDERS, domain))
        return rows
