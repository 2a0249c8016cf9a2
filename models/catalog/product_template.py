from odoo import api, fields, models


class ProductTemplate(models.Model):
    """The stores' listings of a product."""

    _inherit = "product.template"

    bigcommerce_product_ids = fields.One2many(
        "bigcommerce.product",
        "product_tmpl_id",
        "BigCommerce Listings",
        groups="connector_bigcommerce.group_user",
        help="What the stores list of this product.",
    )
    bigcommerce_product_count = fields.Integer(
        compute="_compute_bigcommerce_product_count",
        groups="connector_bigcommerce.group_user",
        help="Listings of this product in all stores.",
    )

    @api.depends("bigcommerce_product_ids")
    def _compute_bigcommerce_product_count(self):
        for template in self:
            template.bigcommerce_product_count = len(template.bigcommerce_product_ids)

    def action_show_bigcommerce_products(self):
        """Show the listings of this product."""
        return self.bigcommerce_product_ids._get_records_action()
