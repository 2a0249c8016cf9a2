from ..sync.direction import Direction

PRODUCT_FIELDS = "name,sku,inventory_tracking,is_visible"
VARIANT_FIELDS = "product_id,sku,upc"


class LinkProducts(Direction, kind="link_products"):
    """The store's catalog, and which Odoo products it means."""

    def work(self):
        """Read the catalog in light lists and link what is not linked yet.

        In one transaction: what is read of a catalog in part cannot be told from one
        that has shrunk.
        """
        self.receive_products()
        self.receive_variants()
        self.link()

    def receive_products(self):
        """Take over the store's products; those it has no more are deleted."""
        values = {
            row["id"]: {
                "name": row.get("name") or str(row["id"]),
                "sku": row.get("sku") or False,
                "inventory_tracking": _tracking(row),
                **_visibility(row),
            }
            for row in self.client.products(include_fields=PRODUCT_FIELDS)
        }
        common = {"backend_id": self.backend.id}
        self._replace(self.backend.product_ids, values, common)

    def receive_variants(self):
        """Take over the store's variants, base variants of simple products included."""
        products = self.backend.product_ids.grouped("remote_id")
        values = {
            row["id"]: {
                "bigcommerce_product_id": products[row["product_id"]].id,
                "sku": row.get("sku") or False,
                "barcode": row.get("upc") or False,
            }
            for row in self.client.variants(include_fields=VARIANT_FIELDS)
            if row.get("product_id") in products
        }
        self._replace(self.backend.product_ids.variant_ids, values)

    def link(self):
        """Link what has no product yet, and say what is left to a person."""
        variants = self.env["bigcommerce.variant"]
        linked, left = variants._link_unlinked(self.backend)
        untracked = self.backend.product_ids.filtered(
            lambda product: product.inventory_tracking == "none"
        )
        self.run._count(done=len(linked))
        self.run._note(
            self.env._(
                "%(linked)s newly linked, %(unlinked)s not linked, of these "
                "%(ambiguous)s could be several products and %(blank)s have neither "
                "SKU nor barcode. %(untracked)s products are not tracked by the store.",
                linked=len(linked),
                unlinked=sum(map(len, left.values())),
                ambiguous=len(left["duplicate"]),
                blank=len(left["blank"]),
                untracked=len(untracked),
            )
        )

    def _replace(self, known, values, common=None):
        """Create, change and delete records so that they are what the store has.

        :param known: the records there are
        :param dict values: remote id -> values
        :param dict common: values of new records
        """
        by_id = known.grouped("remote_id")
        known.filtered(lambda record: record.remote_id not in values).unlink()
        new = []
        for remote_id, vals in values.items():
            record = by_id.get(remote_id)
            if not record:
                new.append({**(common or {}), **vals, "remote_id": remote_id})
            elif changed := _changes(record, vals):
                record.write(changed)
        known.create(new)


def _changes(record, values):
    """Return the values that a record does not have yet."""
    return {
        name: value
        for name, value in values.items()
        if (record[name].id if name.endswith("_id") else record[name]) != value
    }


def _tracking(row):
    """Return how the store tracks a product; what nobody knows is not tracked."""
    tracking = row.get("inventory_tracking")
    return tracking if tracking in ("product", "variant") else "none"


def _visibility(row):
    """Return what a listing shows; one that somebody showed again is not ours."""
    visible = bool(row.get("is_visible"))
    return {"is_visible": visible, **({"hidden_by_odoo": False} if visible else {})}
