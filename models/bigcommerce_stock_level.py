from odoo import api, fields, models


class BigcommerceStockLevel(models.Model):
    """What a store shows of a variant at a location, as last confirmed there."""

    _name = "bigcommerce.stock.level"
    _description = "BigCommerce Stock Level"
    _order = "variant_id, location_id"

    variant_id = fields.Many2one(
        "bigcommerce.variant",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    location_id = fields.Many2one(
        "bigcommerce.location",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    backend_id = fields.Many2one(
        related="variant_id.backend_id", store=True, index=True
    )
    company_id = fields.Many2one(related="backend_id.company_id", store=True)
    product_id = fields.Many2one(related="variant_id.product_id", store=True)
    pushed_quantity = fields.Integer("Last Sent", readonly=True)
    pushed_at = fields.Datetime("Sent on", readonly=True)
    available = fields.Float(
        readonly=True, help="Units that could be sold when it was last computed."
    )
    is_stale = fields.Boolean(
        readonly=True, help="The store may show another number than the one last sent."
    )
    state = fields.Selection(
        [
            ("pending", "Waiting"),
            ("synced", "Synced"),
            ("skipped", "Skipped"),
            ("failed", "Failed"),
        ],
        default="pending",
        required=True,
        readonly=True,
        index=True,
    )
    error = fields.Char(readonly=True)

    _level_uniq = models.UniqueIndex(
        "(variant_id, location_id)", "There is one level for a variant and location."
    )
    _pending_idx = models.Index("(backend_id) WHERE state = 'pending'")

    def action_retry(self):
        """Have these quantities sent again."""
        self.check_access("write")
        self.sudo().variant_id._mark_levels(stale=True)

    @api.model
    def _mark(self, variants, stale=False):
        """Set the levels of linked variants to be looked at; return them.

        :param variants: those of stores without Inventory Sync are left out
        :param bool stale: send even when the number is the one last sent
        """
        levels = self._ensure(
            variants.filtered(
                lambda variant: variant.product_id and variant.backend_id.sync_inventory
            )
        )
        waiting = levels.filtered(lambda level: level.state != "pending")
        waiting.write({"state": "pending", "error": False})
        if stale:
            levels.filtered(lambda level: not level.is_stale).is_stale = True
        return levels

    @api.model
    def _ensure(self, variants):
        """Return the levels of variants at every location that is pushed.

        Missing ones are created.
        """
        levels = self.search([("variant_id", "in", variants.ids)])
        known = {(level.variant_id, level.location_id) for level in levels}
        new = []
        for backend, listed in variants.grouped("backend_id").items():
            locations = backend._pushed_locations()
            new += [
                {"variant_id": variant.id, "location_id": location.id}
                for variant in listed
                for location in locations
                if (variant, location) not in known
            ]
        pushed = levels.filtered(lambda level: level.location_id._is_pushed())
        return pushed + self.create(new)

    def _skip_reason(self):
        """Return why this quantity is not Odoo's to set, or nothing."""
        if not self.product_id:
            return self.env._("No Odoo product is linked.")
        if not self.product_id._bigcommerce_has_stock():
            return self.env._("Odoo does not track this product's stock.")
        if self.variant_id.bigcommerce_product_id.inventory_tracking == "none":
            return self.env._("The store does not track this product's stock.")
        if not self.location_id._is_pushed():
            return self.env._("The location is not mapped, or switched off there.")
        return None

    def _target(self):
        """Return (location, kind of id, id) under which the store keeps this quantity.

        A product tracked by product has one quantity for all its variants
        (bigcommerce-api.md section 6).
        """
        product, place = self.variant_id.bigcommerce_product_id, self.location_id
        whole = not self.backend_id.has_variants
        if whole or product.inventory_tracking == "product":
            return place.remote_id, "product_id", product.remote_id
        return place.remote_id, "variant_id", self.variant_id.remote_id
