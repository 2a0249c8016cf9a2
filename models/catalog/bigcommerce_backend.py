from odoo import fields, models

from ..store.counts import count_by_store


class BigcommerceBackend(models.Model):
    """What a store sells."""

    _inherit = "bigcommerce.backend"

    product_ids = fields.One2many(
        "bigcommerce.product",
        "backend_id",
        help="The products that the store lists.",
    )
    unknown_product_policy = fields.Selection(
        [
            ("hold", "Hold the order"),
            ("generic", "Use the fallback product"),
            ("create", "Create the product"),
        ],
        string="When a Product Is Unknown",
        default="hold",
        required=True,
        help="What happens to an order with something that no Odoo product is linked "
        "to: it is held, the product is created, or the fallback product stands "
        "for it.",
    )
    link_last_id = fields.Integer(
        readonly=True,
        copy=False,
        aggregator=None,
        help="The store's number of the last product that the linking under way has "
        "read; 0 between two of them.",
    )
    missing_share = fields.Float(
        "Believe at Most Gone (%)",
        default=10,
        help="When more than this share of a store's products, or of its variants, is "
        "gone from the catalog at once, nothing is archived: a person is asked first. "
        "100: the store is always believed.",
    )
    missing_count = fields.Integer(
        "Gone and Not Archived",
        readonly=True,
        copy=False,
        aggregator=None,
        help="Products and variants that the catalog does not have any more, and that "
        "a person has to look at.",
    )
    unlinked_variant_count = fields.Integer(
        compute="_compute_unlinked_variant_count",
        help="Listings without an Odoo product.",
    )

    def _compute_unlinked_variant_count(self):
        domain = [("product_id", "=", False)]
        counts = count_by_store(self, "bigcommerce.variant", domain)
        for backend in self:
            backend.unlinked_variant_count = counts.get(backend, 0)
