from odoo import api, fields, models
from odoo.tools import split_every

from ...client.limits import PRODUCT_BATCH
from ..store.in_words import in_words
from ..store.readiness.bigcommerce_backend import check_live


class BigcommerceProduct(models.Model):
    """Whether the store counts a product's units, and shows or hides it."""

    _inherit = "bigcommerce.product"

    level_ids = fields.Many2many(
        "bigcommerce.stock.level",
        string="Quantities",
        compute="_compute_level_ids",
        help="What the store shows of each variant at each location.",
    )

    @api.depends("variant_ids.level_ids")
    def _compute_level_ids(self):
        for product in self:
            product.level_ids = product.variant_ids.level_ids

    def write(self, vals):
        """Override of `write` to look at what decides about visibility and quantity.

        A quantity is sent another way when the store tracks it otherwise.
        """
        result = super().write(vals)
        if {"is_enabled", "hide_when_out_of_stock"} & vals.keys():
            self._as_system().visibility_pending = True
        if "inventory_tracking" in vals or vals.get("is_missing") is False:
            self.variant_ids._mark_levels(stale=True)
        if vals.get("visibility_pending"):
            self.env.ref("connector_bigcommerce.cron_push_inventory")._trigger()
        return result

    @in_words()
    def action_track_inventory(self):
        """Have the store count the units of these products, and send them.

        :raise UserError: when the store cannot be reached, or is not live
        """
        self._check_user()
        untracked = self._as_system().filtered(
            lambda product: product.inventory_tracking == "none"
        )
        for backend, products in untracked.grouped("backend_id").items():
            check_live(backend)
            client = backend._in_company()._client()
            for ids in split_every(PRODUCT_BATCH, products.ids, list):
                batch = products.browse(ids)
                tracking = {
                    product: "variant" if len(product.variant_ids) > 1 else "product"
                    for product in batch
                }
                client.update_products(
                    [
                        {"id": product.remote_id, "inventory_tracking": way}
                        for product, way in tracking.items()
                    ]
                )
                for way, tracked in batch.grouped(tracking.get).items():
                    tracked.inventory_tracking = way
        return True

    def _wanted_visibility(self):
        """Return whether the store should show this product now.

        What a person hid in the store stays hidden; what was hidden from here comes
        back when it has stock and is enabled (design rule *Visibility*).
        """
        self.ensure_one()
        policy = self.backend_id.visibility_policy
        if not self.is_enabled or (self._hides_by(policy) and self._is_sold_out()):
            return False
        return self.is_visible or self.hidden_by_odoo

    def _hides_by(self, policy):
        """Tell whether a visibility policy hides this product at zero stock."""
        return policy == "all" or (
            policy == "specified" and self.hide_when_out_of_stock
        )

    def _is_sold_out(self):
        """Tell whether every variant's last confirmed quantity is 0."""
        levels = self.variant_ids.level_ids.filtered("pushed_at")
        return bool(levels) and not any(levels.mapped("pushed_quantity"))
