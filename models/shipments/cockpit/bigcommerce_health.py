from odoo import models


class BigcommerceHealth(models.AbstractModel):
    """The parcels that the store does not know yet."""

    _inherit = "bigcommerce.health"

    def _get_queues(self, backend):
        """Override of `_get_queues` to add the shipments."""
        queue = self._count_queue(backend, "bigcommerce.shipment")
        return {**super()._get_queues(backend), "shipments": queue}
