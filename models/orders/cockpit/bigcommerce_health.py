from odoo import models


class BigcommerceHealth(models.AbstractModel):
    """The orders that are no sale orders yet."""

    _inherit = "bigcommerce.health"

    def _get_queues(self, backend):
        """Override of `_get_queues` to add the orders."""
        queue = self._count_queue(backend, "bigcommerce.order")
        return {**super()._get_queues(backend), "orders": queue}
