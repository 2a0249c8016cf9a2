from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL, split_every
from odoo.tools.constants import GC_UNLINK_LIMIT

PENDING = "bigcommerce_stock_changes"
# Listings whose levels are marked together: what memory holds at a time.
MARKED = 10_000


class BigcommerceStockChange(models.Model):
    """Append-only signals: the quantity of a product may have changed.

    Rows are written by warehouse transactions and are never updated, so that two of
    them never wait for each other; the push of each store turns its own rows into
    pending levels and deletes exactly those it read.
    """

    _name = "bigcommerce.stock.change"
    _description = "BigCommerce Stock Signal"
    _order = "id"

    create_date = fields.Datetime(index=True)
    product_id = fields.Many2one(
        "product.product",
        readonly=True,
        ondelete="cascade",
        help="Empty: all products of the store.",
    )
    backend_id = fields.Many2one(
        "bigcommerce.backend",
        "Store",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
        help="The store that lists the product.",
    )
    force = fields.Boolean(
        readonly=True,
        help="The store may have changed the quantity itself: send it in any case.",
    )

    @api.model
    def _note(self, products, force=False):
        """Remember products whose quantity changed, until this transaction flushes.

        :param products: product.product records
        :param bool force: send even when the number is the one last sent
        """
        if not products:
            return
        data = self.env.cr.precommit.data
        if PENDING not in data:
            data[PENDING] = {}
            # whoever moves stock signals it, without a right to the signals
            self.env.cr.precommit.add(self.sudo().browse()._append)
        noted = data[PENDING]
        for product_id in products.ids:
            noted[product_id] = noted.get(product_id, False) or force

    @api.model
    def _note_all(self, backends):
        """Have all quantities of some stores looked at again, in the background."""
        stores = backends.filtered("sync_inventory")
        if stores:
            # whoever may change a rule signals it, without a right to the signals
            self.sudo().create([{"backend_id": store.id} for store in stores])
            self.env.ref("connector_bigcommerce.cron_push_inventory")._trigger()

    def _append(self):
        """Write the signals of this transaction, and have them worked off."""
        noted = self._with_kits(self.env.cr.precommit.data.pop(PENDING, {}))
        written = self._written_in_this_transaction()
        new = [
            (product_id, backend_id, noted[product_id])
            for product_id, backend_id in self._listed(list(noted))
            if (product_id, backend_id, noted[product_id]) not in written
            and (product_id, backend_id, True) not in written
        ]
        if not new:
            return
        self.create(
            [
                {"product_id": product_id, "backend_id": backend_id, "force": force}
                for product_id, backend_id, force in sorted(new)
            ]
        )
        if not written:
            self.env.ref("connector_bigcommerce.cron_push_inventory")._trigger()

    def _mark_levels(self):
        """Set the levels of these signals' products to be looked at."""
        variants = self.env["bigcommerce.variant"]
        for backend in self.filtered(lambda signal: not signal.product_id).backend_id:
            for ids in split_every(MARKED, backend._get_linked_variants().ids):
                self.env["bigcommerce.stock.level"]._mark(variants.browse(ids))
                self.env.flush_all()
                self.env.invalidate_all()
        for backend, signals in self.grouped("backend_id").items():
            forced = signals.filtered("force").product_id
            for products, stale in (
                (forced, True),
                (signals.product_id - forced, False),
            ):
                listed = variants.search(
                    [
                        ("product_id", "in", products.ids),
                        ("backend_id", "=", backend.id),
                    ]
                )
                self.env["bigcommerce.stock.level"]._mark(listed, stale)

    def _with_kits(self, noted):
        """Add the kits that are made of these products (mrp), and the kits of those.

        :param dict noted: {product id: force}
        """
        if "mrp.bom.line" not in self.env or not noted:
            return noted
        lines, found = self.env["mrp.bom.line"], set(noted)
        while found:
            boms = lines.search(
                [("product_id", "in", list(found)), ("bom_id.type", "=", "phantom")]
            ).bom_id
            kits = (
                boms.product_id
                | boms.filtered(
                    lambda bom: not bom.product_id
                ).product_tmpl_id.product_variant_ids
            )
            found = set(kits.ids) - noted.keys()
            noted = {**noted, **dict.fromkeys(found, False)}
        return noted

    def _listed(self, product_ids):
        """Return the (product, store) ids that list these, with Inventory Sync on."""
        if not product_ids:
            return []
        rows = self.env["bigcommerce.variant"]._read_group(
            [
                ("product_id", "in", product_ids),
                ("backend_id.sync_inventory", "=", True),
                ("backend_id.active", "=", True),
            ],
            ["product_id", "backend_id"],
        )
        return [(product.id, backend.id) for product, backend in rows]

    def _written_in_this_transaction(self):
        """Return {(product id, store id, force)} of the rows that are here already.

        A transaction flushes at each of its savepoints. Its rows all carry the time
        at which it began; those of a savepoint that was rolled back are gone.
        """
        # to the microsecond: a domain would compare whole seconds
        return set(
            self.env.execute_query(
                SQL(
                    "SELECT product_id, backend_id, force "
                    "FROM bigcommerce_stock_change WHERE create_date = %s",
                    self.env.cr.now(),
                )
            )
        )

    @api.autovacuum
    def _gc_uncollected(self):
        """Turn signals that no push collects into pending levels, which do not grow.

        Those of a store that is paused or switched off, for as long as it is.

        :return: (int, int) signals deleted, whether there are more
        """
        old = fields.Datetime.now() - timedelta(days=1)
        signals = self.search([("create_date", "<", old)], limit=GC_UNLINK_LIMIT)
        signals._mark_levels()
        signals.unlink()
        return len(signals), len(signals) == GC_UNLINK_LIMIT
