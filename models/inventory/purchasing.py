from odoo.tools import split_every

from ...client import Conflict, Invalid, NotFound
from ...client.limits import VARIANT_BATCH
from ..sync.direction import Direction


class PushPurchasing(Direction):
    """Sold-out variants of a product that is still shown cannot be bought."""

    def work(self):
        """Disable and enable what differs, fifty at a time."""
        for ids in split_every(VARIANT_BATCH, self._variants_to_switch().ids, list):
            self._send(self.env["bigcommerce.variant"].browse(ids))
            self.commit(len(ids))

    def _variants_to_switch(self):
        """Return variants to disable, and those disabled from here to enable."""
        variants = self.env["bigcommerce.variant"]
        domain = [
            ("backend_id", "=", self.backend.id),
            ("purchasing_error", "=", False),
        ]
        stocked = [("level_ids.pushed_quantity", ">", 0)]
        disabled = variants.search(
            [*domain, ("disabled_by_odoo", "=", True), *stocked]
            if self.backend.disable_purchasing
            else [*domain, ("disabled_by_odoo", "=", True)]
        )
        if not self.backend.disable_purchasing:
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

    def _send(self, variants):
        """Switch some variants; one that is refused stops no other."""
        rows = [
            {
                "id": variant.remote_id,
                "purchasing_disabled": not variant.disabled_by_odoo,
            }
            for variant in variants
        ]
        try:
            self.client.update_variants(rows)
        except (Invalid, Conflict, NotFound) as error:
            if len(variants) == 1:
                variants.purchasing_error = str(error)
                return
            for variant in variants:
                self._send(variant)
            return
        for variant in variants:
            variant.disabled_by_odoo = not variant.disabled_by_odoo
