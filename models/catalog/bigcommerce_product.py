from odoo import api, fields, models

from ..store.control_panel import open_in_control_panel


class BigcommerceProduct(models.Model):
    """A top-level product of a store: what has a page, and can be hidden."""

    _name = "bigcommerce.product"
    _inherit = ["bigcommerce.locked.mixin"]
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
        help="The store that lists it.",
    )
    company_id = fields.Many2one(related="backend_id.company_id", store=True)
    remote_id = fields.Integer(
        "BigCommerce ID",
        required=True,
        readonly=True,
        aggregator=None,
        help="The product's number in the store.",
    )
    active = fields.Boolean(
        default=True,
        readonly=True,
        help="Archived: nothing of this product is sent to the store. What is set here "
        "stays, and comes back with it.",
    )
    is_missing = fields.Boolean(
        "Gone from the Store",
        readonly=True,
        help="The store's catalog does not have it any more.",
    )
    name = fields.Char(
        required=True,
        readonly=True,
        help="As the store calls it.",
    )
    sku = fields.Char(
        "SKU",
        readonly=True,
        index=True,
        help="The store's SKU of the product.",
    )
    inventory_tracking = fields.Selection(
        [("none", "Not tracked"), ("product", "By product"), ("variant", "By variant")],
        default="none",
        required=True,
        readonly=True,
        help="Whether the store counts units, by product or by variant.",
    )
    is_visible = fields.Boolean(
        "Visible",
        readonly=True,
        help="Whether shoppers see the product.",
    )
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
    visibility_pending = fields.Boolean(
        readonly=True,
        help="Whether it is to be shown is looked at with the next push.",
    )
    visibility_error = fields.Char(
        readonly=True,
        help="Why the store did not show or hide it.",
    )
    variant_ids = fields.One2many(
        "bigcommerce.variant",
        "bigcommerce_product_id",
        help="What can be bought of it.",
    )
    product_tmpl_id = fields.Many2one(
        "product.template",
        "Odoo Product",
        compute="_compute_product_tmpl_id",
        store=True,
        index="btree_not_null",
        help="The Odoo product of its variants.",
    )
    image_128 = fields.Image(
        related="product_tmpl_id.image_128",
        string="Image",
        help="The picture of the Odoo product.",
    )
    list_price = fields.Float(
        related="product_tmpl_id.list_price",
        help="The sales price of the Odoo product.",
    )

    _remote_uniq = models.UniqueIndex(
        "(backend_id, remote_id)", "Each product of a store is there once."
    )
    _visibility_error_idx = models.Index(
        "(backend_id) WHERE visibility_error IS NOT NULL"
    )

    @api.depends("variant_ids.product_id.product_tmpl_id")
    def _compute_product_tmpl_id(self):
        for product in self:
            # also of those that are archived
            variants = product.with_context(active_test=False).variant_ids
            product.product_tmpl_id = variants.product_id.product_tmpl_id[:1]

    def action_open_in_store(self):
        """Open this product in the store's control panel."""
        self.ensure_one()
        path = f"/manage/products/edit/{self.remote_id}"
        return open_in_control_panel(self.backend_id, path)
