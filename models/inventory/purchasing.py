from odoo import fields, models
from odoo.tools import split_every

from ...client import Conflict, Invalid, NotFound
from ...const import VARIANT_BATCH


class BigcommerceBackend(models.Model):
    """Sold-out variants of a product that is still shown cannot be bought."""

    _inherit = "bigcommerce.backend"

    disable_purchasing = fields.Boolean(
        "Disable Purchasing of Sold-out Variants",
        help="A variant cannot be hidden by itself. With this its purchase is "
        "disabled at zero stock, and enabled again when stock returns.",
    )

    def _push_purchasing(self, client, run):
        """Disable and enable what differs, fifty at a time.

        :return bool: False when out of time
        """
        for ids in split_every(VARIANT_BATCH, self._variants_to_switch().ids, list):
            variants = self.env["bigcommerce.variant"].browse(ids)
            self._send_purchasing(client, variants)
            if not run._commit(len(variants)):
                return False
        return True

    def _variants_to_switch(self):
        """Return variants to disable, and those disabled from here to enable."""
        variants = self.env["bigcommerce.variant"]
        domain = [("backend_id", "=", self.id), ("purchasing_error", "=", False)]
        stocked = [("level_ids.pushed_quantity", ">", 0)]
        disabled = variants.search(
            [*domain, ("disabled_by_odoo", "=", True), *stocked]
            if self.disable_purchasing
            else [*domain, ("disabled_by_odoo", "=", True)]
        )
        if not self.disable_purchasing:
            return disabled
        return disabled | variants.search(
            [
                *domain,
                ("disabled_by_odoo", "=", False),
                ("bigcommerce_product_id.inventory_tracking", "=", "variant"),
                ("level_ids.pushed_at", "!=", False),
                "!",
                *stocked,
            ]
        )

    def _send_purchasing(self, client, variants):
        """Switch some variants; one that is refused stops no other."""
        rows = [
            {
                "id": variant.remote_id,
                "purchasing_disabled": not variant.disabled_by_odoo,
            }
            for variant in variants
        ]
        try:
            client.update_variants(rows)
        except (Invalid, Conflict, NotFound) as error:
            if len(variants) == 1:
                variants.purchasing_error = str(error)
                return
            for variant in variants:
                self._send_purchasing(client, variant)
            return
        for variant in variants:
            variant.disabled_by_odoo = not variant.disabled_by_odoo
