from odoo import api, fields, models
from odoo.tools import SQL

from ...rules.listing import listing_steps
from .availability import stock_behind


class BigcommerceStockLevel(models.Model):
    """What a store shows of a variant at a location, as last confirmed there."""

    _name = "bigcommerce.stock.level"
    _inherit = ["bigcommerce.retry.mixin"]
    _description = "BigCommerce Stock Level"
    _order = "variant_id, location_id"
    _rec_name = "variant_id"

    variant_id = fields.Many2one(
        "bigcommerce.variant",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
        help="The listing whose quantity it is.",
    )
    location_id = fields.Many2one(
        "bigcommerce.location",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
        help="The store's location where it is shown.",
    )
    backend_id = fields.Many2one(
        related="variant_id.backend_id", store=True, index=True
    )
    company_id = fields.Many2one(related="backend_id.company_id", store=True)
    product_id = fields.Many2one(
        related="variant_id.product_id",
        store=True,
        help="The Odoo product whose stock is shown.",
    )
    pushed_quantity = fields.Integer(
        "Last Sent",
        readonly=True,
        help="What the store confirmed last.",
    )
    pushed_at = fields.Datetime(
        "Sent on",
        readonly=True,
        help="When the store confirmed it.",
    )
    read_quantity = fields.Integer(
        "Last Read", readonly=True, help="What the store showed at the last audit."
    )
    read_at = fields.Datetime(
        "Read on",
        readonly=True,
        help="When the store was asked last.",
    )
    explanation = fields.Text(
        "Why This Number",
        compute="_compute_explanation",
        help="How the number comes about, step by step.",
    )
    available = fields.Float(
        readonly=True, help="Units that could be sold when it was last computed."
    )
    is_stale = fields.Boolean(
        readonly=True, help="The store may show another number than the one last sent."
    )
    revision = fields.Integer(
        default=0,
        readonly=True,
        aggregator=None,
        help="Counts how often this level was marked while it waited, so that a change "
        "during a call to the store is not confirmed away.",
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
        help="Waiting: it is looked at with the next push. Skipped: it is not Odoo's "
        "to set. Failed: the store refused it.",
    )

    _level_uniq = models.UniqueIndex(
        "(variant_id, location_id)", "There is one level for a variant and location."
    )
    _pending_idx = models.Index("(backend_id) WHERE state = 'pending'")

    def _compute_explanation(self):
        """Say, step by step, what the store should show now and why."""
        # it tells of stock and orders that a reader of the level need not see
        for backend, levels in self.sudo().grouped("backend_id").items():
            linked = levels.filtered("product_id")
            stock = stock_behind(backend._in_company(), linked)
            for level in levels:
                lines = level._explain(stock[level.id]) if level.product_id else []
                level.explanation = "\n".join([*lines, *level._explain_sending()])

    def _explain(self, stock):
        """Return one line for each step from the stock to the listed quantity.

        :param Stock stock: what lies behind this level
        """
        backend, rules = self.backend_id, self.variant_id._get_rules()
        available = stock.available(backend.quantity_basis)
        return [
            *self._explain_stock(stock),
            self.env._("− %(units)g sold by the store, not here yet", units=stock.sold),
            self.env._("= %(units)g available", units=available),
            *(
                self.env._(
                    "%(rule)s: %(quantity)s",
                    rule=self._explain_rule(rule, rules),
                    quantity=quantity,
                )
                for rule, quantity in listing_steps(available, **rules)
            ),
        ]

    def _explain_stock(self, stock):
        """Return the lines about what lies in Odoo, by the store's basis."""
        basis = self.backend_id.quantity_basis
        if basis == "forecast":
            return [self.env._("%(units)g forecast", units=stock.forecast)]
        lines = [self.env._("%(units)g on hand", units=stock.on_hand)]
        if basis == "free":
            lines += [
                self.env._("− %(units)g reserved", units=stock.reserved),
                self.env._("− %(units)g that deliveries wait for", units=stock.waiting),
            ]
        return lines

    def _explain_rule(self, rule, rules):
        """Return the words for a rule (rules/listing.py)."""
        texts = {
            "end": self.env._(
                "End when %(units)s: at that many or fewer none is listed",
                units=rules["end_quantity"],
            ),
            "percentage": self.env._(
                "%(percentage)g %% of it", percentage=rules["percentage"]
            ),
            "whole": self.env._("Whole units"),
            "maximum": self.env._("At most %(units)s", units=rules["maximum"]),
        }
        return texts[rule]

    def _explain_sending(self):
        """Return what was last sent to the store, read there, and what is open."""
        lines = []
        if self.pushed_at:
            lines.append(
                self.env._(
                    "Last sent: %(quantity)s on %(date)s UTC",
                    quantity=self.pushed_quantity,
                    date=self.pushed_at,
                )
            )
        if self.read_at:
            lines.append(
                self.env._(
                    "Last read in the store: %(quantity)s on %(date)s UTC",
                    quantity=self.read_quantity,
                    date=self.read_at,
                )
            )
        state = dict(self._fields["state"]._description_selection(self.env))
        return [*lines, ": ".join(filter(None, [state[self.state], self.error]))]

    def _note_read(self, quantity, moment):
        """Remember what the store shows; None when it shows nothing."""
        if quantity is not None:
            self.write({"read_quantity": quantity, "read_at": moment})

    def action_retry(self):
        """Have these quantities sent again."""
        self._check_user()
        self._as_system().variant_id._mark_levels(stale=True)
        return True

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
        levels._count_mark()
        done = levels.filtered(lambda level: level.state != "pending")
        done._try_soon()
        done.filtered("attempts").attempts = 0
        if stale:
            levels.filtered(lambda level: not level.is_stale).is_stale = True
        return levels

    def _get_mark(self):
        """Return what changes when this level is marked."""
        return self.state, self.revision

    def _count_mark(self):
        """Count that levels were marked which may be on their way to the store now.

        One that was not waiting is known by its state.
        """
        began = self.env.cr.now()
        waiting = self.filtered(
            lambda level: level.state == "pending" and level.create_date < began
        )
        if waiting:
            waiting.flush_recordset(["revision"])
            self.env.cr.execute(
                SQL(
                    "UPDATE bigcommerce_stock_level SET revision = revision + 1 "
                    "WHERE id IN %s",
                    waiting._ids,
                )
            )
            waiting.invalidate_recordset(["revision"])

    @api.model
    def _ensure(self, variants):
        """Return the levels of variants at every location that is pushed.

        Missing ones are created.
        """
        levels = self.search([("variant_id", "in", variants.ids)])
        known = {(level.variant_id, level.location_id) for level in levels}
        new = []
        for backend, listed in variants.grouped("backend_id").items():
            locations = backend.location_ids.filtered(
                lambda location: location._is_pushed()
            )
            new += [
                {"variant_id": variant.id, "location_id": location.id}
                for variant in listed
                for location in locations
                if (variant, location) not in known
            ]
        pushed = levels.filtered(lambda level: level.location_id._is_pushed())
        return pushed + self.create(new)

    def _skip_foreign(self):
        """Set aside the levels that are not Odoo's to set; return the others."""
        ours = self.browse()
        for level in self:
            if reason := level._get_skip_reason():
                level._set_state("skipped", error=reason, next_attempt=False)
            else:
                ours += level
        return ours

    def _get_skip_reason(self):
        """Return why this quantity is not Odoo's to set, or nothing."""
        if not self.variant_id.active:
            return self.env._("The listing is archived.")
        if not self.product_id:
            return self.env._("No Odoo product is linked.")
        if not self.product_id._bigcommerce_has_stock():
            return self.env._("Odoo does not track this product's stock.")
        if self.variant_id.bigcommerce_product_id.inventory_tracking == "none":
            return self.env._("The store does not track this product's stock.")
        if not self.location_id._is_pushed():
            return self.env._("The location is not mapped, or switched off there.")
        return None

    def _get_target(self):
        """Return (location, kind of id, id) under which the store keeps this quantity.

        A product tracked by product has one quantity for all its variants
        (fact F58).
        """
        product = self.variant_id.bigcommerce_product_id
        location_id = self.location_id.remote_id
        whole = not self.backend_id.has_variants
        if whole or product.inventory_tracking == "product":
            return location_id, "product_id", product.remote_id
        return location_id, "variant_id", self.variant_id.remote_id
