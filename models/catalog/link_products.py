from odoo import models

PRODUCT_FIELDS = "name,sku,inventory_tracking,is_visible"
VARIANT_FIELDS = "product_id,sku,upc"


class BigcommerceBackend(models.Model):
    """The store's catalog, and which Odoo products it means."""

    _inherit = "bigcommerce.backend"

    def _link_products_work(self, client, run):
        """Read the catalog in light lists and link what is not linked yet.

        By SKU, then by barcode; what could be two products is left to a person, and
        an existing link is never changed.
        """
        self._receive_products(list(client.products(include_fields=PRODUCT_FIELDS)))
        run._commit()
        rows = client.variants(include_fields=VARIANT_FIELDS)
        self._receive_variants([row for row in rows if row.get("product_id")])
        run._commit()
        linked, left = self._link_variants()
        run._note(
            self.env._(
                "%(linked)s newly linked, %(unlinked)s not linked, of these "
                "%(ambiguous)s could be several products and %(blank)s have neither "
                "SKU nor barcode. %(untracked)s products are not tracked by the store.",
                linked=len(linked),
                unlinked=sum(map(len, left.values())),
                ambiguous=len(left["duplicate"]),
                blank=len(left["blank"]),
                untracked=len(
                    self.product_ids.filtered(lambda p: p.inventory_tracking == "none")
                ),
            )
        )
        run._commit(len(linked))
        return True

    def _receive_products(self, rows):
        """Take over the store's products; those it has no more are deleted."""
        values = {
            row["id"]: {
                "name": row["name"],
                "sku": row.get("sku") or False,
                "inventory_tracking": row.get("inventory_tracking") or "none",
                **_visibility(row),
            }
            for row in rows
        }
        self._replace(self.product_ids, values, {"backend_id": self.id})

    def _receive_variants(self, rows):
        """Take over the store's variants, base variants of simple products included."""
        products = self.product_ids.grouped("remote_id")
        values = {
            row["id"]: {
                "bigcommerce_product_id": products[row["product_id"]].id,
                "sku": row.get("sku") or False,
                "barcode": row.get("upc") or False,
            }
            for row in rows
            if row["product_id"] in products
        }
        self._replace(self.product_ids.variant_ids, values)

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

    def _link_variants(self):
        """Link variants without a product.

        :return: ({variant: product} newly linked, {issue: variants} left to a person)
        """
        variants = self.env["bigcommerce.variant"].search(
            [("backend_id", "=", self.id), ("product_id", "=", False)]
        )
        by_sku = self._products_by("default_code", variants.mapped("sku"))
        by_barcode = self._products_by("barcode", variants.mapped("barcode"))
        linked, left = {}, {"blank": [], "unknown": [], "duplicate": []}
        for variant in variants:
            found = by_sku.get(variant.sku) or by_barcode.get(variant.barcode)
            if found and len(found) == 1:
                linked[variant] = found
            elif found:
                left["duplicate"].append(variant)
            else:
                named = variant.sku or variant.barcode
                left["unknown" if named else "blank"].append(variant)
        variants._link(linked)
        for issue, those in left.items():
            variants.browse().concat(*those).link_issue = issue
        return linked, left

    def _products_by(self, name, values):
        """Return {value: products of this company with it}; blanks never match."""
        products = self.env["product.product"].search(
            [
                (name, "in", [value for value in values if value]),
                ("company_id", "in", (False, self.company_id.id)),
            ]
        )
        return products.grouped(name)


def _changes(record, values):
    """Return the values that a record does not have yet."""
    return {
        name: value
        for name, value in values.items()
        if (record[name].id if name.endswith("_id") else record[name]) != value
    }


def _visibility(row):
    """Return what a listing shows; one that somebody showed again is not ours."""
    visible = bool(row.get("is_visible"))
    return {"is_visible": visible, **({"hidden_by_odoo": False} if visible else {})}
