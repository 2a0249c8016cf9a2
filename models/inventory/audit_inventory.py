from odoo import fields
from odoo.tools import split_every

from ...client import RetryLater
from ...client.limits import INVENTORY_BATCH
from .bigcommerce_stock_difference import cause_of
from .push_inventory import PushInventory
from .quantity_target import compute_targets


class AuditInventory(PushInventory):
    """Everything is compared with the store, and what differs is sent."""

    def work(self):
        """Compare and repair.

        Never at the same time as a push: a store takes one bulk call after the other
        (fact F57).
        """
        with self.backend._exclusively("push_inventory") as ours:
            if not ours:
                raise RetryLater(self.env._("Stock is being sent: the audit waits."))
            self.fetch_orders()
            differing, visible = self.compare()
            self.take_over(differing, visible)
            self.commit()
            self.collect_signals()
            self.push()

    def compare(self):
        """Note in the run what the store shows otherwise than it should.

        :return: (levels that differ, {product: whether the store shows it})
        """
        differing = self._compare_levels()
        visible = self._read_visibilities()
        self._compare_visibilities(visible)
        self.run._note(self.run._get_differences_text())
        return differing, visible

    def take_over(self, differing, visible):
        """Have what differs sent again, even where the number stays.

        The store is believed in what it shows and hides: what a person hid is no
        drift, it stays hidden.
        """
        differing.is_stale = True
        differing._try_soon()
        for product, is_shown in visible.items():
            if product.is_visible != is_shown:
                product.write({"is_visible": is_shown, "hidden_by_odoo": False})
        products = self.run._get_differing_visibilities().bigcommerce_product_id
        products.visibility_pending = True

    def _compare_levels(self):
        """Note the differences of quantities in the run; return their levels."""
        shown, now = read_quantities(self.client), fields.Datetime.now()
        variants = self.backend._get_linked_variants()
        levels = self.env["bigcommerce.stock.level"]._ensure(variants)
        levels = levels.filtered(lambda level: not level._get_skip_reason())
        differing, rows = levels.browse(), []
        for ids in split_every(INVENTORY_BATCH, levels.ids, list):
            for target in compute_targets(self.backend, levels.browse(ids)):
                if target.levels <= differing:
                    continue
                found = shown.get(target.key)
                target.levels._note_read(found, now)
                if cause := cause_of(target, found):
                    differing |= target.levels
                    rows.append(target.difference(self.run, found, cause))
        self.env["bigcommerce.stock.difference"].create(rows)
        return differing

    def _read_visibilities(self):
        """Return {product of this store: whether the store shows it}."""
        known = self.backend.product_ids.grouped("remote_id")
        return {
            known[row["id"]]: bool(row["is_visible"])
            for row in self.client.products(include_fields="is_visible")
            if row["id"] in known
        }

    def _compare_visibilities(self, visible):
        """Note the products that are not shown or hidden as they should be."""
        self.env["bigcommerce.stock.difference"].create(
            [
                {
                    "run_id": self.run.id,
                    "bigcommerce_product_id": product.id,
                    "shown": is_shown,
                    "sent": product.is_visible,
                    "wanted": product._wanted_visibility(),
                    "cause": "visibility",
                }
                for product, is_shown in visible.items()
                if is_shown != product.is_visible
                or is_shown != product._wanted_visibility()
            ]
        )


class PreviewInventory(AuditInventory):
    """The comparison of an audit, without sending anything."""

    def work(self):
        """Override of `work` to compare only."""
        self.fetch_orders()
        self.compare()


def read_quantities(client):
    """Return {(location id, kind of id, id): units} as a store shows them.

    :param client: of the store
    """
    shown = {}
    for item in client.inventory_items():
        identity = item["identity"]
        for location in item.get("locations") or ():
            quantity = location.get("total_inventory_onhand")
            for kind in ("variant_id", "product_id"):
                if identity.get(kind):
                    key = location["location_id"], kind, identity[kind]
                    shown[key] = shown.get(key, 0) + (quantity or 0)
    return shown
