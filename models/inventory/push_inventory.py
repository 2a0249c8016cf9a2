import re
from dataclasses import replace

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import split_every

from ...client import Invalid, RetryLater
from ...const import INVENTORY_BATCH
from ...rules.listing import listed_quantity
from .availability import Stock, sold_units, stock_of

# How a refused adjustment names its offenders (inventory.v3.yml, 422).
NAMED_ITEM = re.compile(r"(variant_id|product_id) (\d+)")
NAMED_LIST = re.compile(r"identities: \[([\d, ]+)\]")

SIGNALS = 10_000
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
    """Stock out: from signals to pending levels to the store."""

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
    )
    max_quantity = fields.Integer(
        "Default Max Listed Quantity", help="0: no limit.", aggregator=None
    )
    max_percentage = fields.Float(
        "Default Max Listed Percentage", default=100, aggregator=None
    )
    end_quantity = fields.Integer(
        "Default End When Quantity",
        help="With this many units or fewer, the store shows none.",
        aggregator=None,
    )
    product_ids = fields.One2many("bigcommerce.product", "backend_id")

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
        """Have everything looked at again when the rules changed."""
        result = super().write(vals)
        if RULES & vals.keys():
            self._mark_all_levels()
        return result

    def _mark_all_levels(self):
        variants = self.env["bigcommerce.variant"].search(
            [("backend_id", "in", self.ids), ("product_id", "!=", False)]
        )
        variants._mark_levels()

    def _all_levels(self):
        """Return the levels of all linked variants; missing ones are created."""
        variants = self.env["bigcommerce.variant"].search(
            [("backend_id", "=", self.id), ("product_id", "!=", False)]
        )
        return self.env["bigcommerce.stock.level"]._ensure(variants)

    def _pushed_locations(self):
        """Return the store locations whose quantities are Odoo's to set."""
        return self.location_ids.filtered(lambda location: location._is_pushed())

    def _push_inventory_work(self, client, run):
        """Orders in first, then quantities, then visibility."""
        if not self._know_sold_units(client, run):
            return False
        self._collect_signals(run)
        return self._push_all(client, run)

    def _push_all(self, client, run):
        """Send what differs: quantities, then what they show, hide or disable."""
        return (
            self._push_quantities(client, run)
            and self._push_visibility(client, run)
            and self._push_purchasing(client, run)
        )

    def _know_sold_units(self, client, run):
        """Fetch the store's orders, so that sold units are not given back.

        (bigcommerce-api.md section 6, hazard a)
        """
        if not self.import_orders:
            return True
        with self._exclusively("import_orders") as ours:
            if not ours:
                raise RetryLater(self.env._("Orders are being imported: stock waits."))
            return self._fetch_orders(client, run)

    def _collect_signals(self, run):
        """Turn the signals of all stores into pending levels, and delete them."""
        changes = self.env["bigcommerce.stock.change"].sudo()
        variants = self.env["bigcommerce.variant"].sudo()
        while found := changes.search([], limit=SIGNALS):
            rows = found.try_lock_for_update(allow_referencing=True)
            forced = rows.filtered("force").product_id
            for products, stale in (
                (forced, True),
                (rows.product_id - forced, False),
            ):
                listed = variants.search([("product_id", "in", products.ids)])
                self.env["bigcommerce.stock.level"].sudo()._mark(listed, stale)
            rows.unlink()
            run._commit()
            if len(found) < SIGNALS or not rows:
                break

    def _push_quantities(self, client, run):
        """Send the pending levels that differ from what was last confirmed."""
        levels = self.env["bigcommerce.stock.level"]
        waiting = [("backend_id", "=", self.id), ("state", "=", "pending")]
        while pending := levels.search(waiting, limit=INVENTORY_BATCH):
            targets = self._compute_targets(self._skip_foreign(pending))
            changed = [target for target in targets if target.differs()]
            same = [target.levels for target in targets if not target.differs()]
            levels.union(*same).write({"state": "synced", "error": False})
            for batch in split_every(INVENTORY_BATCH, changed, list):
                if not run._commit(*self._send_quantities(client, batch)):
                    return False
            if not run._commit():
                return False
        return True

    def _skip_foreign(self, levels):
        """Set aside the levels that are not Odoo's to set; return the others."""
        ours = levels.browse()
        for level in levels:
            if reason := level._skip_reason():
                level.write({"state": "skipped", "error": reason})
            else:
                ours += level
        return ours

    def _compute_targets(self, pending):
        """Return the quantities as they should be shown now, sorted by location.

        :param pending: levels to look at
        :return: list of Target
        """
        levels, targets = self._with_siblings(pending), {}
        stock = self._stock(levels)
        for level in levels:
            units = stock[level.id].available(self.quantity_basis)
            if level.available != units:
                level.available = units
            key = level._target()
            target = targets.setdefault(key, Target(key, level.browse()))
            target.levels += level
            target.quantity += listed_quantity(units, **level.variant_id._rules())
        return [targets[key] for key in sorted(targets)]

    def _with_siblings(self, pending):
        """Add the other variants of products that the store tracks by product."""
        whole = pending.variant_id.bigcommerce_product_id.filtered(
            lambda product: (
                product.inventory_tracking == "product" or not self.has_variants
            )
        )
        return pending | whole.variant_ids.level_ids.filtered(
            lambda level: (
                level.location_id in pending.location_id and not level._skip_reason()
            )
        )

    def _stock(self, levels, basis=None):
        """Return {level id: Stock} of what lies behind these levels of this store.

        :param str basis: what to read; the store's own without
        """
        sold, result = sold_units(self), {}
        for location, here in levels.grouped("location_id").items():
            stocks = stock_of(
                here.product_id.with_env(self.env),
                location._stock_locations(),
                basis or self.quantity_basis,
            )
            for level in here:
                product = level.product_id
                stock = replace(stocks[product.id]) if product.active else Stock()
                if location._is_default() and product.active:
                    stock.sold = sold[product.id]
                result[level.id] = stock
        return result

    def _send_quantities(self, client, targets):
        """Send one batch; when it is refused, take it apart until only the bad fail.

        Those that the store names go first, then the rest is halved: a refusal names
        offenders in its text only, and sometimes none (bigcommerce-api.md section 6).

        :return: (int, int) levels sent, levels refused
        """
        if not targets:
            return 0, 0
        reason = f"Odoo {fields.Datetime.now().isoformat()}Z"
        try:
            client.set_inventory([target.item() for target in targets], reason)
        except Invalid as error:
            if len(targets) == 1:
                targets[0].levels.write({"state": "failed", "error": str(error)})
                return 0, 1
            named = [target for target in targets if target.is_named_in(error.message)]
            if not 0 < len(named) < len(targets):
                named = targets[: len(targets) // 2]
            rest = [target for target in targets if target not in named]
            sent = [self._send_quantities(client, part) for part in (rest, named)]
            return tuple(map(sum, zip(*sent, strict=True)))
        for target in targets:
            target.confirm()
        return len(targets), 0


class Target:
    """One quantity in the store: what it should be, and the levels it stands for."""

    def __init__(self, key, levels):
        self.key = self.location_id, self.identity, self.remote_id = key
        self.levels = levels
        self.quantity = 0

    def differs(self):
        """Tell whether the store shows, as far as we know, something else."""
        return any(
            level.is_stale
            or not level.pushed_at
            or level.pushed_quantity != self.quantity
            for level in self.levels
        )

    def item(self):
        """Return the item of an absolute adjustment (inventory.v3.yml)."""
        return {
            "location_id": self.location_id,
            self.identity: self.remote_id,
            "quantity": self.quantity,
        }

    def difference(self, run, shown, cause):
        """Return the values of a bigcommerce.stock.difference."""
        variants = self.levels.variant_id
        return {
            "run_id": run.id,
            "bigcommerce_product_id": variants.bigcommerce_product_id.id,
            "variant_id": variants.id if len(variants) == 1 else False,
            "location_id": self.levels.location_id.id,
            "shown": shown or 0,
            "sent": self.levels[0].pushed_quantity,
            "wanted": self.quantity,
            "cause": cause,
        }

    def is_named_in(self, words):
        """Tell whether the store's words about a refusal name this item."""
        numbers = NAMED_ITEM.findall(words)
        listed = {int(n) for part in NAMED_LIST.findall(words) for n in _numbers(part)}
        named = {(kind, int(number)) for kind, number in numbers}
        if "Location" in words:
            return self.location_id in listed
        return (self.identity, self.remote_id) in named or self.remote_id in listed

    def confirm(self):
        """Note that the store has accepted this quantity."""
        self.levels.write(
            {
                "pushed_quantity": self.quantity,
                "pushed_at": fields.Datetime.now(),
                "is_stale": False,
                "state": "synced",
                "error": False,
            }
        )


def _numbers(text):
    return re.findall(r"\d+", text)
