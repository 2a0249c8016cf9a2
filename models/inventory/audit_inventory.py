from odoo import fields, models
from odoo.tools import split_every

from ...client import RetryLater
from ...const import INVENTORY_BATCH
from .bigcommerce_stock_difference import cause_of


class BigcommerceBackend(models.Model):
    """The comparison of everything with the store: nightly, or without sending."""

    _inherit = "bigcommerce.backend"

    def action_preview_inventory(self):
        """Show what an audit would find and send, and send nothing.

        :return: an action that lists the differences
        """
        self._synchronize_now("preview_inventory")
        runs = self.env["bigcommerce.sync.run"]
        for backend in self:
            runs += backend._last_run("preview_inventory")
        return runs.action_open_differences()

    def _last_run(self, kind):
        return self.env["bigcommerce.sync.run"].search(
            [("backend_id", "=", self.id), ("kind", "=", kind)], limit=1
        )

    def _preview_inventory_work(self, client, run):
        """List the differences between the store and what it should show."""
        if not self._know_sold_units(client, run):
            return False
        self._compare_levels(client, run)
        visible = self._read_all_visibilities(client)
        self._compare_visibilities(visible, run)
        run._note(run._differences_text())
        return True

    def _audit_inventory_work(self, client, run):
        """Read all levels and visibilities, and send what is not as it should be.

        A level that the store shows differently from what was last sent is sent
        again even when the number stays. Never at the same time as a push: a store
        takes one bulk call after the other (bigcommerce-api.md section 2).
        """
        with self._exclusively("push_inventory") as ours:
            if not ours:
                raise RetryLater(self.env._("Stock is being sent: the audit waits."))
            return self._audit(client, run)

    def _audit(self, client, run):
        if not self._know_sold_units(client, run):
            return False
        differing = self._compare_levels(client, run)
        differing.write({"is_stale": True, "state": "pending", "error": False})
        visible = self._read_all_visibilities(client)
        self._compare_visibilities(visible, run)
        self._take_over_visibilities(visible)
        run._differing_visibilities().bigcommerce_product_id.visibility_pending = True
        run._note(run._differences_text())
        if not run._commit():
            return False
        self._collect_signals(run)
        return self._push_all(client, run)

    def _compare_levels(self, client, run):
        """Note the differences of quantities in the run; return their levels."""
        shown, now = self._read_all_quantities(client), fields.Datetime.now()
        levels = self._all_levels().filtered(lambda level: not level._skip_reason())
        differing, rows = levels.browse(), []
        for ids in split_every(INVENTORY_BATCH, levels.ids, list):
            for target in self._compute_targets(levels.browse(ids)):
                if target.levels <= differing:
                    continue
                found = shown.get(target.key)
                target.levels._note_read(found, now)
                if cause := cause_of(target, found):
                    differing |= target.levels
                    rows.append(target.difference(run, found, cause))
        self.env["bigcommerce.stock.difference"].create(rows)
        return differing

    def _read_all_quantities(self, client):
        """Return {(location id, kind of id, id): units} as the store shows them."""
        shown = {}
        for item in client.inventory_items():
            identity = item["identity"]
            for place in item.get("locations") or ():
                quantity = place.get("total_inventory_onhand")
                for kind in ("variant_id", "product_id"):
                    if identity.get(kind):
                        key = place["location_id"], kind, identity[kind]
                        shown[key] = shown.get(key, 0) + (quantity or 0)
        return shown

    def _read_all_visibilities(self, client):
        """Return {product of this store: whether the store shows it}."""
        known = self.product_ids.grouped("remote_id")
        return {
            known[row["id"]]: bool(row["is_visible"])
            for row in client.products(include_fields="is_visible")
            if row["id"] in known
        }

    def _compare_visibilities(self, visible, run):
        """Note the products that are not shown or hidden as they should be."""
        self.env["bigcommerce.stock.difference"].create(
            [
                {
                    "run_id": run.id,
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

    def _take_over_visibilities(self, visible):
        """Believe the store. Hidden by a person is no drift: it stays hidden."""
        for product, is_shown in visible.items():
            if product.is_visible != is_shown:
                product.write(
                    {
                        "is_visible": is_shown,
                        "hidden_by_odoo": False,
                    }
                )
