from odoo import fields, models

from ..store.counts import count_by_store


class BigcommerceBackend(models.Model):
    """What a store sells."""

    _inherit = "bigcommerce.backend"

    product_ids = fields.One2many("bigcommerce.product", "backend_id")
    unlinked_variant_count = fields.Integer(compute="_compute_unlinked_variant_count")

    def _compute_unlinked_variant_count(self):
        domain = [("product_id", "=", False)]
        counts = count_by_store(self, "bigcommerce.variant", domain)
        for backend in self:
            backend.unlinked_variant_count = counts.get(backend, 0)
