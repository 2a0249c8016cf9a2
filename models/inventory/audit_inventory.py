from contextlib import suppress

from odoo import fields
from odoo.tools import split_every

from ...client import RetryLater
from ...client.limits import V3_PAGE
from ..catalog.take_over import tracking_of
from ..sync.direction import OutOfTime
from .bigcommerce_stock_difference import cause_of
from .push.push_inventory import PushInventory
from .push.quantity_target import compute_targets
from .push.read_quantities import read_quantities


class AuditInventory(PushInventory, kind="audit_inventory"):
    """Everything is compared with the store, and what differs is sent."""

    def work(self):
        """Compare, some products at a time, then send what differs.

        A comparison that takes longer than a run goes on where it was. Reading keeps no
        push waiting; sending is left to the push where one is at work (fact F57).
        """
        self.orders_unknown = self.fetch_orders()
        self.compare()
        self.send()

    def send(self):
        """Send what differs, as far as it goes now; the rest is the push's."""
        with suppress(OutOfTime, RetryLater):
            with self.backend._exclusively("push_inventory") as ours:
                if ours:
                    self.collect_signals()
                    self.push()
                    return
        self.env.ref("connector_bigcommerce.cron_push_inventory")._trigger()

    def compare(self):
        """Note in the run what differs in the store, and mark it to be sent."""
        products = self.backend.product_ids.sorted("id").filtered(
            lambda product: product.id > self.backend.audit_last_id
        )
        for ids in split_every(V3_PAGE, products.ids):
            batch = products.browse(ids)
            self.take_over(*self.compare_batch(batch))
            self.backend.audit_last_id = ids[-1]
            self.commit(done=len(ids))
        self.backend.audit_last_id = 0
        self.run._note(self.run._get_differences_text())

    def compare_batch(self, products):
        """Note the differences of some products in the run.

        :return: (levels that differ, {product: whether the store shows it})
        """
        visible = self._read_listings(products)
        differing = self._compare_levels(products)
        self._compare_visibilities(visible)
        return differing, visible

    def take_over(self, differing, visible):
        """Have what differs sent again, even where the number stays.

        The store is believed in what it shows and hides: what a person hid is no
        drift, it stays hidden. What it refused before is tried once more.
        """
        differing.is_stale = True
        differing._try_soon()
        for product, is_shown in visible.items():
            hidden = product.hidden_by_odoo and not is_shown
            if (product.is_visible, product.hidden_by_odoo) != (is_shown, hidden):
                product.write({"is_visible": is_shown, "hidden_by_odoo": hidden})
            if product.is_visible != product._wanted_visibility():
                product.visibility_pending = True
        variants = self.env["bigcommerce.variant"].search(
            [
                ("bigcommerce_product_id", "in", [p.id for p in visible]),
                ("purchasing_error", "!=", False),
            ]
        )
        variants.purchasing_error = False

    def _compare_levels(self, products):
        """Note the differences of quantities in the run; return their levels."""
        shown = read_quantities(self.client, products.mapped("remote_id"))
        now, levels = fields.Datetime.now(), self.env["bigcommerce.stock.level"]
        levels = levels._ensure(products.variant_ids.filtered("product_id"))
        levels = levels.filtered(lambda level: not level._get_skip_reason())
        differing, rows = [], []
        for target in compute_targets(self.backend, levels):
            found = shown.get(target.key)
            target.levels._note_read(found, now)
            if cause := cause_of(target, found):
                differing.append(target.levels)
                rows.append(target.difference(self.run, found, cause))
        self.env["bigcommerce.stock.difference"].create(rows)
        return levels.browse().union(*differing)

    def _read_listings(self, products):
        """Return {product: whether the store shows it}; note how it is tracked now."""
        rows = {
            row["id"]: row
            for row in self.client.products(
                **{"id:in": ",".join(map(str, products.mapped("remote_id")))},
                include_fields="is_visible,inventory_tracking",
            )
        }
        listed = products.filtered(lambda product: product.remote_id in rows)
        for product in listed:
            tracking = tracking_of(rows[product.remote_id])
            if product.inventory_tracking != tracking:
                product.inventory_tracking = tracking
        return {p: bool(rows[p.remote_id]["is_visible"]) for p in listed}

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


class PreviewInventory(AuditInventory, kind="preview_inventory"):
    """The comparison of an audit, without sending anything."""

    writes = False

    def work(self):
        """Override of `work` to compare only, all of it in one run."""
        self.fetch_orders()
        self.compare_all()

    def compare_all(self):
        """Note in the run what differs in the store."""
        for ids in split_every(V3_PAGE, self.backend.product_ids.ids):
            self.compare_batch(self.backend.product_ids.browse(ids))
            self.commit(done=len(ids))
        self.run._note(self.run._get_differences_text())
