from odoo import fields, models
from odoo.exceptions import UserError

from .availability import stock_of


class BigcommerceBackend(models.Model):
    """The stock of a store taken over into Odoo, once, as an inventory count."""

    _inherit = "bigcommerce.backend"

    initial_stock_at = fields.Datetime("Initial Stock Taken", readonly=True, copy=False)

    def action_take_initial_stock(self):
        """Count in Odoo what each store shows now; possible once for each store.

        The store shows what can still be sold: what is reserved here, or sold there
        and not here yet, is added to it, so that both sides agree afterwards.

        :return: a notification with the number of products counted
        :raise UserError: when it was done before, or stock is sent already
        """
        self._check_manager()
        lines = []
        for backend in self.sudo():
            counted, skipped = backend._in_company()._take_initial_stock()
            lines.append(
                self.env._(
                    "%(store)s: %(counted)s quantities counted, %(skipped)s left alone "
                    "(by lot or serial number).",
                    store=backend.name,
                    counted=counted,
                    skipped=skipped,
                )
            )
        return self._notify(self.env._("Initial stock"), "\n".join(lines))

    def _take_initial_stock(self):
        if self.initial_stock_at:
            raise UserError(
                self.env._(
                    "The stock of %(store)s was taken over on %(date)s already.",
                    store=self.name,
                    date=self.initial_stock_at,
                )
            )
        if self.sync_inventory:
            raise UserError(
                self.env._(
                    "Odoo sends its stock to %(store)s already: switch Inventory Sync "
                    "off first.",
                    store=self.name,
                )
            )
        shown = self._read_all_quantities(self._client())
        levels = self._all_levels().filtered(
            lambda level: level.product_id.is_storable and not level._skip_reason()
        )
        by_lot = levels.filtered(lambda level: level.product_id.tracking != "none")
        quants = self._count_initially(levels - by_lot, shown)
        quants.action_apply_inventory()
        self.initial_stock_at = fields.Datetime.now()
        return len(quants), len(by_lot)

    def _count_initially(self, levels, shown):
        """Return quants that carry the counted quantities.

        :param dict shown: as `_read_all_quantities` returns it
        """
        stock, values = self._stock(levels, "free"), {}
        for place, here in levels.grouped(
            lambda level: level.location_id._counting_location()
        ).items():
            lying = stock_of(here.product_id, place, "on_hand")
            for level in here:
                if (target := level._target()) in shown:
                    elsewhere = (
                        stock[level.id].on_hand - lying[level.product_id.id].on_hand
                    )
                    taken = stock[level.id].on_hand - stock[level.id].available("free")
                    # several listings of one product show the same units
                    values[level.product_id, place] = shown[target] + taken - elsewhere
        return (
            self.env["stock.quant"]
            .with_context(inventory_mode=True)
            .create(
                [
                    {
                        "product_id": product.id,
                        "location_id": place.id,
                        "inventory_quantity": max(quantity, 0),
                    }
                    for (product, place), quantity in values.items()
                ]
            )
        )
