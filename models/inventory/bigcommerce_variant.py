from odoo import api, fields, models
from odoo.exceptions import ValidationError

RULES = {"override_rules", "max_quantity", "max_percentage", "end_quantity"}


class BigcommerceVariant(models.Model):
    """The quantities of a listing, and its own limits."""

    _inherit = "bigcommerce.variant"

    override_rules = fields.Boolean(
        "Own Rules", help="Use the limits below instead of the store's."
    )
    max_quantity = fields.Integer(
        "Maximum",
        aggregator=None,
        help="At most so many are listed. 0: no limit.",
    )
    max_percentage = fields.Float(
        "Maximum Percentage",
        default=100,
        aggregator=None,
        help="This share of the available units is listed, in whole units.",
    )
    end_quantity = fields.Integer(
        "End When",
        aggregator=None,
        help="With so many or fewer, none is listed.",
    )
    level_ids = fields.One2many(
        "bigcommerce.stock.level",
        "variant_id",
        help="The quantities that the store shows, by location.",
    )

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
        """Override of `write` to send the quantity of another product or rule.

        Also where it is archived, gone, or comes back: its product may be tracked as
        one, with all its variants.
        """
        result = super().write(vals)
        if "active" in vals or vals.get("is_missing") is False:
            (self | self.bigcommerce_product_id.variant_ids)._mark_levels()
        elif (RULES | {"product_id"}) & vals.keys():
            self._mark_levels()
        return result

    def _link(self, products):
        """Override of `_link` to send the quantities of what was linked."""
        result = super()._link(products)
        self.browse().concat(*products)._mark_levels()
        return result

    def _get_rules(self):
        """Return the limits of this listing, its own or the store's."""
        source = self if self.override_rules else self.backend_id
        return {
            "end_quantity": source.end_quantity,
            "percentage": source.max_percentage,
            "maximum": source.max_quantity,
        }

    def _mark_levels(self, stale=False):
        """Note that these variants' quantities are to be looked at, and soon.

        :param bool stale: send even when the number is the one last sent
        """
        variants = self._as_system()
        if variants.env["bigcommerce.stock.level"]._mark(variants, stale):
            self.env.ref("connector_bigcommerce.cron_push_inventory")._trigger()
