from odoo import api, fields, models

from ....rules.listing import listed_quantity
from ..availability import stock_behind
from ..push.quantity_target import Target

# What a person may change and see the effect of, before saving it.
RULES = (
    "quantity_basis",
    "max_quantity",
    "max_percentage",
    "end_quantity",
    "visibility_policy",
)
# So many changes are shown, the largest ones.
SHOWN = 10
# A person waits: no more quantities are looked at.
MOST_LEVELS = 20_000


class BigcommerceBackend(models.Model):
    """What a changed rule would do to the listings, before it is saved."""

    _inherit = "bigcommerce.backend"

    what_if = fields.Html(
        "What Would Change",
        compute="_compute_what_if",
        sanitize=False,
        help="How many quantities and listings the rules would change that are not "
        "saved yet, and the largest changes.",
    )

    @api.depends(*RULES)
    def _compute_what_if(self):
        for backend in self:
            saved = backend._origin
            changed = saved and any(backend[rule] != saved[rule] for rule in RULES)
            backend.what_if = changed and WhatIf(backend, saved).render()


class WhatIf:
    """The listings of a store by its saved rules, and by others."""

    def __init__(self, changed, saved):
        """
        :param changed: the store with the other rules, not saved
        :param saved: the store as it is
        """
        self.changed, self.saved, self.env = changed, saved, saved.env
        levels = self.env["bigcommerce.stock.level"]
        domain = [
            ("backend_id", "=", saved.id),
            ("state", "!=", "skipped"),
            ("product_id", "!=", False),
        ]
        self.levels = levels.search(domain, limit=MOST_LEVELS)
        self.left_out = len(self.levels) == MOST_LEVELS and (
            levels.search_count(domain) - MOST_LEVELS
        )

    def render(self):
        """Return the effect in words, with the largest changes."""
        pairs = self._get_targets()
        moved = [
            (now, then) for now, then in pairs.values() if now.quantity != then.quantity
        ]
        moved.sort(key=lambda pair: -abs(pair[0].quantity - pair[1].quantity))
        hidden, shown = self._count_visibilities(pairs)
        return self.env["ir.qweb"]._render(
            "connector_bigcommerce.what_if",
            {
                "count": len(moved),
                "total": len(pairs),
                "hidden": hidden,
                "shown": shown,
                "note": self.left_out
                and self.env._(
                    "%(count)s more quantities were not looked at.", count=self.left_out
                ),
                "rows": [
                    (
                        now.product.display_name
                        if len(now.levels) > 1
                        else now.levels.variant_id.display_name,
                        now.levels.location_id.name,
                        now.quantity,
                        then.quantity,
                    )
                    for now, then in moved[:SHOWN]
                ],
            },
        )

    def _get_targets(self):
        """Return {key: (Target by the saved rules, Target by the changed ones)}."""
        units_now, units_then = self._get_units()
        pairs = {}
        for level in self.levels:
            key, variant = level._get_target(), level.variant_id
            if key not in pairs:
                pairs[key] = Target(key, level.browse()), Target(key, level.browse())
            rules = variant._get_rules()
            changed = rules if variant.override_rules else self._get_changed_rules()
            now, then = pairs[key]
            now.add(level, listed_quantity(units_now[level.id], **rules))
            then.add(level, listed_quantity(units_then[level.id], **changed))
        return pairs

    def _get_units(self):
        """Return two of {level id: available units}: by the saved basis, by the other.

        By the saved one it is what was last computed; the other one is computed now.
        """
        now = {level.id: level.available for level in self.levels}
        basis = self.changed.quantity_basis
        if basis == self.saved.quantity_basis:
            return now, now
        stock = stock_behind(self.saved._in_company(), self.levels, basis)
        return now, {
            number: behind.available(basis) for number, behind in stock.items()
        }

    def _get_changed_rules(self):
        return {
            "end_quantity": self.changed.end_quantity,
            "percentage": self.changed.max_percentage,
            "maximum": self.changed.max_quantity,
        }

    def _count_visibilities(self, pairs):
        """Return (listings that would be hidden, listings that would be shown)."""
        listed = {}
        for now, then in pairs.values():
            units = listed.setdefault(now.product, [0, 0])
            units[0] += now.quantity
            units[1] += then.quantity
        hidden = shown = 0
        for product, (now, then) in listed.items():
            if not product.is_enabled or not (
                product.is_visible or product.hidden_by_odoo
            ):
                continue
            before = now > 0 or not product._hides_by(self.saved.visibility_policy)
            after = then > 0 or not product._hides_by(self.changed.visibility_policy)
            hidden += before and not after
            shown += after and not before
        return hidden, shown
