import re

from odoo import fields

from ....rules.listing import LARGEST_QUANTITY, listed_quantity
from ..availability import stock_behind

# How a refused adjustment names its offenders (inventory.v3.yml, 422).
NAMED_ITEM = re.compile(r"(variant_id|product_id) (\d+)")
NAMED_LIST = re.compile(r"identities: \[([\d, ]+)\]")


def targets_to_send(backend, levels):
    """Return the quantities that the store does not show yet, as far as we know.

    Levels that are not Odoo's to set are set aside; those that are right are done.
    What was refused before comes last.

    :param backend: the store
    :param levels: to look at
    :return: list of Target
    """
    targets = compute_targets(backend, levels._skip_foreign())
    same = [target.levels for target in targets if not target.differs()]
    same = levels.browse().union(*same)
    same._set_state("synced", error=False, next_attempt=False)
    differing = [target for target in targets if target.differs()]
    return sorted(differing, key=lambda target: target.attempts)


def compute_targets(backend, levels):
    """Return the quantities as they should be shown now, sorted by location.

    :param backend: the store
    :param levels: to look at; the other variants of a product that the store tracks
        as one are looked at with them
    :return: list of Target
    """
    levels, targets = _with_siblings(backend, levels), {}
    stock = stock_behind(backend, levels)
    for level in levels:
        units = stock[level.id].available(backend.quantity_basis)
        if level.available != units:
            level.available = units
        key = level._get_target()
        target = targets.setdefault(key, Target(key, level.browse()))
        target.add(level, listed_quantity(units, **level.variant_id._get_rules()))
    return [targets[key] for key in sorted(targets)]


class Target:
    """One quantity in the store: what it should be, and the levels it stands for."""

    def __init__(self, key, levels):
        self.key = self.location_id, self.identity, self.remote_id = key
        self.levels = levels
        self.marks = {}
        self._listed = {}

    def add(self, level, quantity):
        """Add what a level lists to it.

        An Odoo product counts once, however many of these listings sell it.
        """
        self.levels += level
        self.marks[level] = level._get_mark()
        before = self._listed.get(level.product_id, 0)
        self._listed[level.product_id] = max(before, quantity)

    @property
    def quantity(self):
        """The units that the store should show."""
        return min(sum(self._listed.values()), LARGEST_QUANTITY)

    @property
    def product(self):
        """The bigcommerce.product whose quantity it is."""
        return self.levels.variant_id.bigcommerce_product_id

    @property
    def attempts(self):
        """How often it was refused, 1 at least where it went with something wrong."""
        return max(max(level.attempts, bool(level.error)) for level in self.levels)

    def differs(self):
        """Tell whether the store shows, as far as we know, something else."""
        return any(
            level.is_stale
            or not level.pushed_at
            or level.pushed_quantity != self.quantity
            for level in self.levels
        )

    def item(self):
        """Return the item of an absolute adjustment (Client.set_inventory)."""
        return {
            "location_id": self.location_id,
            "product_id": self.product.remote_id,
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
        """Note that the store has accepted this quantity.

        A level that was marked meanwhile is looked at again.
        """
        values = {
            "pushed_quantity": self.quantity,
            "pushed_at": fields.Datetime.now(),
            "error": False,
            "attempts": 0,
            "next_attempt": False,
        }
        same = self.levels.filtered(
            lambda level: level._get_mark() == self.marks[level]
        )
        same._set_state("synced", is_stale=False, **values)
        (self.levels - same).write(values)

    def refuse(self, error):
        """Note that the store has refused this quantity."""
        for level in self.levels:
            level._fail(error)


def _numbers(text):
    return re.findall(r"\d+", text)


def _with_siblings(backend, levels):
    """Add the other variants of products that the store tracks by product."""
    whole = levels.variant_id.bigcommerce_product_id.filtered(
        lambda product: (
            product.inventory_tracking == "product" or not backend.has_variants
        )
    )
    return levels | whole.variant_ids.level_ids.filtered(
        lambda level: (
            level.location_id in levels.location_id and not level._get_skip_reason()
        )
    )
