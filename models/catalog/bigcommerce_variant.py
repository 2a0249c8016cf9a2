from odoo import api, fields, models
from odoo.tools import SQL

from .find_products import ProductFinder


class BigcommerceVariant(models.Model):
    """What can be sold in a store, and the Odoo product it is."""

    _name = "bigcommerce.variant"
    _inherit = ["bigcommerce.locked.mixin"]
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
        help="The product that it is a variant of.",
    )
    backend_id = fields.Many2one(
        related="bigcommerce_product_id.backend_id", store=True, index=True
    )
    company_id = fields.Many2one(related="backend_id.company_id", store=True)
    remote_id = fields.Integer(
        "BigCommerce ID",
        required=True,
        readonly=True,
        aggregator=None,
        help="The variant's number in the store.",
    )
    active = fields.Boolean(
        default=True,
        readonly=True,
        help="Archived: no quantity is sent. What is set here stays, and comes back "
        "with it.",
    )
    is_missing = fields.Boolean(
        "Gone from the Store",
        readonly=True,
        help="The store's catalog does not have it any more.",
    )
    sku = fields.Char(
        "SKU",
        readonly=True,
        index=True,
        help="The store's SKU; linked by it.",
    )
    barcode = fields.Char(
        readonly=True,
        help="The store's UPC; linked by it where the SKU does not tell.",
    )
    product_id = fields.Many2one(
        "product.product",
        "Odoo Product",
        index="btree_not_null",
        check_company=True,
        ondelete="set null",
        help="The Odoo product that is sold and whose stock is shown.",
    )
    purchasing_disabled = fields.Boolean(
        readonly=True, help="As last known in the store."
    )
    disabled_by_odoo = fields.Boolean(
        "Disabled from Here",
        readonly=True,
        help="Disabled from here at zero stock, so it may be enabled from here again.",
    )
    purchasing_error = fields.Char(
        readonly=True,
        help="Why the store did not enable or disable its purchase.",
    )
    link_issue = fields.Selection(
        [
            ("blank", "Has neither SKU nor barcode"),
            ("unknown", "No Odoo product has it"),
            ("duplicate", "Several Odoo products have it"),
        ],
        "Not Linked Because",
        readonly=True,
        help="Why no Odoo product is linked.",
    )

    _remote_uniq = models.UniqueIndex(
        "(backend_id, remote_id)", "Each variant of a store is there once."
    )
    _purchasing_error_idx = models.Index(
        "(backend_id) WHERE purchasing_error IS NOT NULL"
    )

    @api.depends("sku", "bigcommerce_product_id.name")
    def _compute_display_name(self):
        for variant in self:
            name = variant.bigcommerce_product_id.name
            variant.display_name = f"[{variant.sku}] {name}" if variant.sku else name

    def write(self, vals):
        """Override of `write` to forget why there was no link."""
        result = super().write(vals)
        if vals.get("product_id"):
            self._as_system().filtered("link_issue").link_issue = False
        return result

    def _link_unlinked(self):
        """Link those of these variants of one store that have no product yet.

        By SKU, then by barcode; what could be several products is left to a person,
        and an existing link is never changed.

        :return int: how many were linked
        """
        variants = self.filtered(lambda variant: not variant.product_id)
        if not variants:
            return 0
        finder = ProductFinder(
            self.backend_id, variants.mapped("sku"), variants.mapped("barcode")
        )
        linked, left = {}, {"blank": [], "unknown": [], "duplicate": []}
        for variant in variants:
            found = finder.by_sku(variant.sku) or finder.by_barcode(variant.barcode)
            if len(found) == 1:
                linked[variant] = found
            elif found:
                left["duplicate"].append(variant.id)
            elif variant.sku or variant.barcode:
                left["unknown"].append(variant.id)
            else:
                left["blank"].append(variant.id)
        variants._link(linked)
        for issue, ids in left.items():
            self.browse(ids).filtered(
                lambda variant, issue=issue: variant.link_issue != issue
            ).link_issue = issue
        return len(linked)

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

    def action_open_in_store(self):
        """Open the product of this listing in the store's control panel."""
        return self.bigcommerce_product_id.action_open_in_store()

    def action_create_products(self):
        """Create Odoo products of these listings, with all their variants."""
        return self.bigcommerce_product_id.action_create_products()
