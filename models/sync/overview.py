from odoo import fields, models

WAITING_ORDERS = ("pending", "held", "failed")


class BigcommerceBackend(models.Model):
    """What a store's form tells at a glance."""

    _inherit = "bigcommerce.backend"

    waiting_order_count = fields.Integer(compute="_compute_waiting_counts")
    waiting_shipment_count = fields.Integer(compute="_compute_waiting_counts")
    unlinked_variant_count = fields.Integer(compute="_compute_waiting_counts")

    def _compute_waiting_counts(self):
        orders = self._count("bigcommerce.order", [("state", "in", WAITING_ORDERS)])
        shipments = self._count("bigcommerce.shipment", [("state", "!=", "exported")])
        variants = self._count("bigcommerce.variant", [("product_id", "=", False)])
        for backend in self:
            backend.waiting_order_count = orders.get(backend, 0)
            backend.waiting_shipment_count = shipments.get(backend, 0)
            backend.unlinked_variant_count = variants.get(backend, 0)

    def _count(self, model, domain):
        rows = self.env[model]._read_group(
            [("backend_id", "in", self.ids), *domain], ["backend_id"], ["__count"]
        )
        return dict(rows)
