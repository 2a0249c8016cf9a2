from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..store.in_words import in_words
from .take_initial_stock import TakeInitialStock

# What decides about the quantities that a store shows.
RULES = {
    "sync_inventory",
    "has_variants",
    "quantity_basis",
    "max_quantity",
    "max_percentage",
    "end_quantity",
    "visibility_policy",
}


class BigcommerceBackend(models.Model):
    """Which quantities a store shows, and when its listings are hidden."""

    _inherit = "bigcommerce.backend"

    has_variants = fields.Boolean(
        "Inventory Contains Variations",
        default=True,
        help="Off: every product of the store is treated as a simple one.",
    )
    quantity_basis = fields.Selection(
        [
            ("free", "Free: on hand less reserved"),
            ("on_hand", "On hand"),
            ("forecast", "Forecast"),
        ],
        default="free",
        required=True,
        help="Free: on hand, less what is reserved or waited for. On hand: "
        "everything that lies there. Forecast: with what is on its way in and "
        "out.",
    )
    max_quantity = fields.Integer(
        "Default Max Listed Quantity", help="0: no limit.", aggregator=None
    )
    max_percentage = fields.Float(
        "Default Max Listed Percentage",
        default=100,
        aggregator=None,
        help="This share of the available units is listed, in whole units.",
    )
    end_quantity = fields.Integer(
        "Default End When Quantity",
        help="With this many units or fewer, the store shows none.",
        aggregator=None,
    )
    visibility_policy = fields.Selection(
        [
            ("none", "Never hide"),
            ("all", "Hide All Listings When 0 Stock"),
            ("specified", "Hide Only Specified Listings When 0 Stock"),
        ],
        default="none",
        required=True,
        help="What happens to a product whose variants are all sold out. A product "
        "that a person hid in the store is never shown from here.",
    )
    disable_purchasing = fields.Boolean(
        "Disable Purchasing of Sold-out Variants",
        help="A variant cannot be hidden by itself. With this its purchase is "
        "disabled at zero stock, and enabled again when stock returns.",
    )
    audit_last_id = fields.Integer(
        readonly=True, copy=False, help="The product that the audit has come to."
    )
    initial_stock_at = fields.Datetime(
        "Initial Stock Taken",
        readonly=True,
        copy=False,
        help="When the store's quantities were taken over into Odoo; it is done once.",
    )

    @api.constrains("max_quantity", "max_percentage", "end_quantity")
    def _check_rules(self):
        for backend in self:
            if min(backend.max_quantity, backend.end_quantity) < 0 or not (
                0 <= backend.max_percentage <= 100
            ):
                raise ValidationError(
                    self.env._(
                        "Quantities cannot be negative, and a percentage is between "
                        "0 and 100."
                    )
                )

    def write(self, vals):
        """Override of `write` to look at all quantities again when rules change."""
        result = super().write(vals)
        if RULES & vals.keys():
            self.env["bigcommerce.stock.change"]._note_all(self)
        return result

    def action_preview_inventory(self):
        """Show what an audit would find and send, and send nothing.

        :return: an action that lists the differences
        """
        self._synchronize_now("preview_inventory")
        runs = self.env["bigcommerce.sync.run"]
        for backend in self:
            runs += runs._get_last(backend, "preview_inventory")
        return runs.action_open_differences()

    @in_words()
    def action_take_initial_stock(self):
        """Count in Odoo what each store shows now; possible once for each store.

        The store shows what can still be sold: what is reserved here, or sold there
        and not here yet, is added to it, so that both sides agree afterwards.

        :return: a notification with the number of products counted
        :raise UserError: when it was done before, or stock is sent already
        """
        self._check_manager()
        lines = []
        for backend in self._as_system():
            counted, skipped = TakeInitialStock(backend._in_company()).work()
            lines.append(
                self.env._(
                    "%(store)s: %(counted)s quantities counted, %(skipped)s left alone "
                    "(kits, and products by lot or serial number). What the store "
                    "tracks as one product was divided evenly among its variants: "
                    "count those once more.",
                    store=backend.name,
                    counted=counted,
                    skipped=skipped,
                )
            )
        return self._notify(self.env._("Initial stock"), "\n".join(lines))

    def _get_linked_variants(self):
        """Return the variants of these stores that have a product."""
        return self.env["bigcommerce.variant"].search(
            [("backend_id", "in", self.ids), ("product_id", "!=", False)]
        )
