from odoo import api, fields, models
from odoo.tools import split_every

from ...const import PRODUCT_BATCH


class BigcommerceProduct(models.Model):
    """A top-level product of a store: what has a page, and can be hidden."""

    _name = "bigcommerce.product"
    _description = "BigCommerce Product"
    _order = "name, id"
    _check_company_auto = True

    backend_id = fields.Many2one(
        "bigcommerce.backend",
        "Store",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(related="backend_id.company_id", store=True)
    remote_id = fields.Integer(
        "BigCommerce ID", required=True, readonly=True, aggregator=None
    )
    name = fields.Char(required=True, readonly=True)
    sku = fields.Char("SKU", readonly=True, index=True)
    inventory_tracking = fields.Selection(
        [("none", "Not tracked"), ("product", "By product"), ("variant", "By variant")],
        default="none",
        required=True,
        readonly=True,
    )
    is_visible = fields.Boolean("Visible", readonly=True)
    hidden_by_odoo = fields.Boolean(
        readonly=True, help="Hidden from here, so it may be shown from here again."
    )
    is_enabled = fields.Boolean(
        "Enabled",
        default=True,
        help="BC_SubSource_Enabled. Off: hidden in the store for good.",
    )
    hide_when_out_of_stock = fields.Boolean(
        "Hide at Zero Stock",
        help="BC_SubSource_NotVisible: hidden without stock where the store hides "
        "only specified listings.",
    )
    visibility_pending = fields.Boolean(readonly=True)
    visibility_error = fields.Char(readonly=True)
    variant_ids = fields.One2many("bigcommerce.variant", "bigcommerce_product_id")
    product_tmpl_id = fields.Many2one(
        "product.template",
        "Odoo Product",
        compute="_compute_product_tmpl_id",
        store=True,
        index="btree_not_null",
    )

    _remote_uniq = models.UniqueIndex(
        "(backend_id, remote_id)", "Each product of a store is there once."
    )

    @api.depends("variant_ids.product_id.product_tmpl_id")
    def _compute_product_tmpl_id(self):
        for product in self:
            product.product_tmpl_id = product.variant_ids.product_id.product_tmpl_id[:1]

    def write(self, vals):
        """Look at the visibility again when what decides about it changed."""
        if {"is_enabled", "hide_when_out_of_stock"} & vals.keys():
            vals = {**vals, "visibility_pending": True}
        result = super().write(vals)
        if vals.get("visibility_pending"):
            self.env.ref("connector_bigcommerce.cron_push_inventory").sudo()._trigger()
        return result

    def action_open_in_store(self):
        """Open this product in the store's control panel."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": self.backend_id._store_link(
                f"/manage/products/edit/{self.remote_id}"
            ),
        }

    def action_track_inventory(self):
        """Have the store count the units of these products, and send them."""
        self.check_access("write")
        untracked = self.sudo().filtered(lambda p: p.inventory_tracking == "none")
        for backend, products in untracked.grouped("backend_id").items():
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
                for product, way in tracking.items():
                    product.inventory_tracking = way
            products.variant_ids._mark_levels(stale=True)

    def _wanted_visibility(self):
        """Return whether the store should show this product now.

        What a person hid in the store stays hidden; what was hidden from here comes
        back when it has stock and is enabled (design rule *Visibility*).
        """
        self.ensure_one()
        if not self.is_enabled or (self._hides_at_zero() and self._is_sold_out()):
            return False
        return self.is_visible or self.hidden_by_odoo

    def _hides_at_zero(self):
        policy = self.backend_id.visibility_policy
        return policy == "all" or (
            policy == "specified" and self.hide_when_out_of_stock
        )

    def _is_sold_out(self):
        """Tell whether every variant's last confirmed quantity is 0."""
        levels = self.variant_ids.level_ids.filtered("pushed_at")
        return bool(levels) and not any(levels.mapped("pushed_quantity"))
