from odoo import models

from .import_refunds import ImportOrdersAndRefunds


class BigcommerceBackend(models.Model):
    """Refunds come in with the orders."""

    _inherit = "bigcommerce.backend"

    def _direction(self, kind):
        """Override of `_direction` to have refunds imported after orders."""
        if kind == "import_orders":
            return ImportOrdersAndRefunds
        return super()._direction(kind)
