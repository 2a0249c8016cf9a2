from odoo import models


class BigcommerceHealth(models.AbstractModel):
    """The quantities that the store does not show yet."""

    _inherit = "bigcommerce.health"

    def _get_queues(self, backend):
        """Override of `_get_queues` to add the quantities."""
        queue = self._count_queue(backend, "bigcommerce.stock.level")
        return {**super()._get_queues(backend), "quantities": queue}
