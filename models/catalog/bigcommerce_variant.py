from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL

RULES = {"override_rules", "max_quantity", "max_percentage", "end_quantity"}


class BigcommerceVariant(models.Model):
    """What can be sold in a store, and the Odoo product it is."""

    _name = "bigcommerce.variant"
    _description = "BigCommerce Variant"
    _order = "bigcommerce_product_id, remote_id"
    _check_company_auto = True

    bigcommerce_product_id = fields.Many2one(
        "bigcommerce.product",
        "BigCommerce Product",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    backend_id = fields.Many2one(
        related="bigcommerce_product_id.backend_id", store=True, index=True
    )
    company_id = fields.Many2one(related="backend_id.company_id", store=True)
    remote_id = fields.Integer(
        "BigCommerce ID", required=True, readonly=True, aggregator=None
    )
    sku = fields.Char("SKU", readonly=True, index=True)
    barcode = fields.Char(readonly=True)
    product_id = fields.Many2one(
        "product.product",
        "Odoo Product",
        index="btree_not_null",
        check_company=True,
        ondelete="set null",
    )
    override_rules = fields.Boolean(
        "Own Rules", help="Use the limits below instead of the store's."
    )
    max_quantity = fields.Integer("Maximum", aggregator=None)
    max_percentage = fields.Float("Maximum Percentage", default=100, aggregator=None)
    end_quantity = fields.Integer("End When", aggregator=None)
    disabled_by_odoo = fields.Boolean(
        "Purchasing Disabled",
        readonly=True,
        help="Disabled from here at zero stock, so it may be enabled from here again.",
    )
    purchasing_error = fields.Char(readonly=True)
    link_issue = fields.Selection(
        [
            ("blank", "Has neither SKU nor barcode"),
            ("unknown", "No Odoo product has it"),
            ("duplicate", "Several Odoo products have it"),
        ],
        "Not Linked Because",
        readonly=True,
    )
    level_ids = fields.One2many("bigcommerce.stock.level", "variant_id")

    _remote_uniq = models.UniqueIndex(
        "(backend_id, remote_id)", "Each variant of a store is there once."
    )

    @api.depends("sku", "bigcommerce_product_id.name")
    def _compute_display_name(self):
        for variant in self:
            name = variant.bigcommerce_product_id.name
            variant.display_name = f"[{variant.sku}] {name}" if variant.sku else name

    @api.constrains("max_quantity", "max_percentage", "end_quantity")
    def _check_rules(self):
        for variant in self:
            if min(variant.max_quantity, variant.end_quantity) < 0 or not (
                0 <= variant.max_percentage <= 100
            ):
                raise ValidationError(
                    self.env._(
                        "%(variant)s: quantities cannot be negative, and a "
                        "percentage is between 0 and 100.",
                        variant=variant.display_name,
                    )
                )

    def write(self, vals):
        """Have the quantity sent again when its product or rules changed."""
        if vals.get("product_id"):
            vals = {**vals, "link_issue": False}
        result = super().write(vals)
        if (RULES | {"product_id"}) & vals.keys():
            self._mark_levels()
        return result

    def _link(self, products):
        """Link many variants in one statement; the ORM takes some for each of them.

        :param dict products: {variant: product.product of the variant's company}
        """
        variants = self.browse().concat(*products)
        if not variants:
            return
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """
                UPDATE bigcommerce_variant
                   SET product_id = new.product_id, link_issue = NULL
                  FROM (SELECT unnest(%s) AS id, unnest(%s) AS product_id) AS new
                 WHERE bigcommerce_variant.id = new.id
                """,
                variants.ids,
                [product.id for product in products.values()],
            )
        )
        variants.invalidate_recordset(["product_id", "link_issue"])
        variants.modified(["product_id"])
        variants._mark_levels()

    def _mark_levels(self, stale=False):
        """Note that these variants' quantities are to be looked at, and soon.

        :param bool stale: send even when the number is the one last sent
        """
        if self.env["bigcommerce.stock.level"].sudo()._mark(self, stale):
            self.env.ref("connector_bigcommerce.cron_push_inventory").sudo()._trigger()

    def action_open_in_store(self):
        """Open the product of this listing in the store's control panel."""
        return self.bigcommerce_product_id.action_open_in_store()

    def action_create_products(self):
        """Create Odoo products of these listings, with all their variants."""
        return self.bigcommerce_product_id.action_create_products()

    def _rules(self):
        """Return the limits of this listing, its own or the store's."""
        source = self if self.override_rules else self.backend_id
        return {
            "end_quantity": source.end_quantity,
            "percentage": source.max_percentage,
            "maximum": source.max_quantity,
        }
