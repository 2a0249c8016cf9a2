from odoo import fields
from odoo.exceptions import UserError

from .availability import find_kits, stock_behind, stock_of
from .push.read_quantities import read_quantities


class TakeInitialStock:
    """The stock of a store taken over into Odoo, once, as an inventory count."""

    def __init__(self, backend):
        """
        :param backend: the store, in its own company
        """
        self.backend, self.env = backend, backend.env

    def work(self):
        """Count what the store shows.

        :return: (int, int) quantities counted, and left alone
        :raise UserError: when it was done before, or stock is sent already
        """
        self._check_first()
        shown = read_quantities(self.backend._client())
        variants = self.backend._get_linked_variants()
        levels = (
            self.env["bigcommerce.stock.level"]
            ._ensure(variants)
            .filtered(
                lambda level: (
                    level.product_id.is_storable and not level._get_skip_reason()
                )
            )
        )
        kits = self.env["product.product"].browse(
            kit.id for kit in find_kits(levels.product_id)
        )
        left = levels.filtered(
            lambda level: (
                level.product_id.tracking != "none" or level.product_id in kits
            )
        )
        quants = self._count(levels - left, shown)
        quants.action_apply_inventory()
        self.backend.initial_stock_at = fields.Datetime.now()
        return len(quants), len(left)

    def _check_first(self):
        backend = self.backend
        if backend.initial_stock_at:
            raise UserError(
                self.env._(
                    "The stock of %(store)s was taken over on %(date)s already.",
                    store=backend.name,
                    date=backend.initial_stock_at,
                )
            )
        if backend.sync_inventory:
            raise UserError(
                self.env._(
                    "Odoo sends its stock to %(store)s already: switch Inventory Sync "
                    "off first.",
                    store=backend.name,
                )
            )

    def _count(self, levels, shown):
        """Return quants that carry the counted quantities.

        :param dict shown: as `read_quantities` returns it
        """
        stock, counted = stock_behind(self.backend, levels, "free"), {}
        for location, here in levels.grouped(
            lambda level: level.location_id._get_counting_location()
        ).items():
            lying = stock_of(here.product_id, location, "on_hand")
            for target, alike in here.grouped(lambda lv: lv._get_target()).items():
                if target not in shown:
                    continue
                by_product = alike.grouped("product_id")
                shares = _divide(shown[target], len(by_product))
                for (product, same), share in zip(
                    by_product.items(), shares, strict=True
                ):
                    behind = stock[same[0].id]
                    elsewhere = behind.on_hand - lying[product.id].on_hand
                    taken = behind.on_hand - behind.available("free")
                    # several listings of one product show the same units
                    counted[product, location] = share + taken - elsewhere
        quants = self.env["stock.quant"].with_context(inventory_mode=True)
        return quants.create(
            [
                {
                    "product_id": product.id,
                    "location_id": location.id,
                    "inventory_quantity": max(quantity, 0),
                }
                for (product, location), quantity in counted.items()
            ]
        )


def _divide(units, parts):
    """Return whole shares that add up to the units, the larger ones first.

    The store does not know which variants of a product there are that it tracks as one.
    """
    share, rest = divmod(units, parts)
    return [share + (number < rest) for number in range(parts)]
