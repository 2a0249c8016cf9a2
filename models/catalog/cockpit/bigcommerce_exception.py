from odoo import api, models
from odoo.tools import SQL


class BigcommerceException(models.Model):
    """Listings that no Odoo product could be made of."""

    _inherit = "bigcommerce.exception"
    _depends = {"bigcommerce.product": ["name", "create_error"]}

    def _get_parts(self):
        """Override of `_get_parts` to add what could not be created."""
        products = SQL(
            """
            SELECT p.id, p.backend_id, p.company_id, 'product' AS kind,
                   'bigcommerce.product' AS res_model, p.name, 'failed' AS state,
                   'create' AS cause, p.create_error AS error,
                   NULL::timestamp AS next_attempt, store.user_id
              FROM bigcommerce_product p
              JOIN bigcommerce_backend store ON store.id = p.backend_id
             WHERE p.create_error IS NOT NULL
            """
        )
        return {**super()._get_parts(), 7: products}

    def _get_hints(self):
        """Override of `_get_hints` to add what could not be created."""
        return {
            **super()._get_hints(),
            ("product", "create"): self.env._(
                "Mend what the reason says and use Create Product on the listing, or "
                "link it to a product by hand."
            ),
        }

    @api.model
    def _retry(self, records):
        """Override of `_retry` to create the products once more."""
        if records._name != "bigcommerce.product":
            return super()._retry(records)
        failed = records.filtered("create_error")
        return failed.action_create_products() if failed else None
