from odoo import api, models
from odoo.tools import SQL

LEVELS = SQL(
    """
    SELECT l.id, l.backend_id, l.company_id, 'level' AS kind,
           'bigcommerce.stock.level' AS res_model,
           COALESCE(v.sku, p.name) || ', ' || place.name AS name, l.state,
           NULL AS cause, l.error, l.next_attempt, store.user_id
      FROM bigcommerce_stock_level l
      JOIN bigcommerce_variant v ON v.id = l.variant_id
      JOIN bigcommerce_product p ON p.id = v.bigcommerce_product_id
      JOIN bigcommerce_location place ON place.id = l.location_id
      JOIN bigcommerce_backend store ON store.id = l.backend_id
     WHERE l.state = 'failed'
    """
)
PRODUCTS = SQL(
    """
    SELECT p.id, p.backend_id, p.company_id, 'product' AS kind,
           'bigcommerce.product' AS res_model, p.name, 'failed' AS state,
           'visibility' AS cause, p.visibility_error AS error,
           NULL::timestamp AS next_attempt, store.user_id
      FROM bigcommerce_product p
      JOIN bigcommerce_backend store ON store.id = p.backend_id
     WHERE p.visibility_error IS NOT NULL
    """
)
VARIANTS = SQL(
    """
    SELECT v.id, v.backend_id, v.company_id, 'product' AS kind,
           'bigcommerce.variant' AS res_model,
           COALESCE(v.sku, p.name) AS name, 'failed' AS state,
           'purchasing' AS cause, v.purchasing_error AS error,
           NULL::timestamp AS next_attempt, store.user_id
      FROM bigcommerce_variant v
      JOIN bigcommerce_product p ON p.id = v.bigcommerce_product_id
      JOIN bigcommerce_backend store ON store.id = v.backend_id
     WHERE v.purchasing_error IS NOT NULL
    """
)


class BigcommerceException(models.Model):
    """Quantities, visibilities and purchasing that the store did not take."""

    _inherit = "bigcommerce.exception"
    _depends = {
        "bigcommerce.stock.level": ["state", "error", "next_attempt"],
        "bigcommerce.product": ["name", "visibility_error"],
        "bigcommerce.variant": ["sku", "purchasing_error"],
    }

    def _get_parts(self):
        """Override of `_get_parts` to add levels and listings."""
        return {**super()._get_parts(), 4: LEVELS, 5: PRODUCTS, 6: VARIANTS}

    def _get_hints(self):
        """Override of `_get_hints` to add levels and listings."""
        return {
            **super()._get_hints(),
            ("level", None): self.env._(
                "Look at the product in the store: does it exist, and does the store "
                "count its units? Link it anew or have its stock tracked, then Retry."
            ),
            ("product", "visibility"): self.env._(
                "The store refused to show or hide the product. Set it there, or mend "
                "what the store says, then Retry."
            ),
            ("product", "purchasing"): self.env._(
                "The store refused to change whether this variant can be bought: do it "
                "there, or mend what the store says, then Retry."
            ),
        }

    @api.model
    def _retry(self, records):
        """Override of `_retry` to have listings looked at by the next push."""
        if records._name == "bigcommerce.variant":
            records._check_user()
            records._as_system()._mark_levels(stale=True)
            return None
        if records._name == "bigcommerce.product":
            records._check_user()
            refused = records._as_system().filtered("visibility_error")
            refused.visibility_pending = True
        return super()._retry(records)
