from odoo.tools import split_every

from ....client import Conflict, Invalid, NotFound
from ....client.limits import VARIANT_BATCH
from ...catalog.read_again import ReadAgain
from ...sync.direction import Direction


class PushPurchasing(Direction):
    """Sold-out variants of a product that is still shown cannot be bought."""

    def work(self):
        """Disable and enable what differs, fifty at a time; legacy accounts do not."""
        if self.backend.auth_method == "legacy":
            return
        variants = self._variants_to_switch()
        # what a person has switched off in the store is not ours to switch on
        self.part(ReadAgain).refresh(variants.bigcommerce_product_id)
        still = variants & self._variants_to_switch()
        for ids in split_every(VARIANT_BATCH, still.ids, list):
            self._send(still.browse(ids))
            self.commit(len(ids))

    def _variants_to_switch(self):
        """Return variants to disable, and those disabled from here to enable.

        What was refused is tried again by the audit.
        """
        variants = self.env["bigcommerce.variant"]
        domain = [
            ("backend_id", "=", self.backend.id),
            ("purchasing_error", "=", False),
            ("is_missing", "=", False),
        ]
        stocked = [("level_ids.pushed_quantity", ">", 0)]
        if not self.backend.disable_purchasing:
            return variants.search([*domain, ("disabled_by_odoo", "=", True)])
        return variants.search(
            [*domain, ("disabled_by_odoo", "=", True), *stocked]
        ) | variants.search(
            [
                *domain,
                ("purchasing_disabled", "=", False),
                ("bigcommerce_product_id.inventory_tracking", "=", "variant"),
                ("level_ids.pushed_at", "!=", False),
                "!",
                *stocked,
            ]
        )

    def _send(self, variants):
        """Switch some variants; one that is refused stops no other."""
        wanted = {variant: self._is_to_be_disabled(variant) for variant in variants}
        rows = [
            {"id": variant.remote_id, "purchasing_disabled": disabled}
            for variant, disabled in wanted.items()
        ]
        # what is found disabled after an answer that got lost was disabled from here
        variants.filtered(wanted.get).disabled_by_odoo = True
        self.run._commit()
        try:
            self.client.update_variants(rows)
        except (Invalid, Conflict, NotFound) as error:
            if len(variants) == 1:
                variants.purchasing_error = str(error)
                variants.disabled_by_odoo = variants.purchasing_disabled
                return
            for variant in variants:
                self._send(variant)
            return
        for variant, disabled in wanted.items():
            variant.write(
                {"purchasing_disabled": disabled, "disabled_by_odoo": disabled}
            )

    def _is_to_be_disabled(self, variant):
        stocked = any(
            quantity > 0 for quantity in variant.level_ids.mapped("pushed_quantity")
        )
        return self.backend.disable_purchasing and not stocked
