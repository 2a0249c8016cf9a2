from ...client import id_of
from ..sync.direction import Direction, OutOfTime
from .archive_missing import MissingListings
from .take_over import (
    PRODUCT_FIELDS,
    VARIANT_FIELDS,
    find_known_variants,
    product_values,
    take_over,
    variant_values,
)

# Pages that are read while a person waits; a larger catalog is linked by the scheduled
# action.
PAGES_AT_ONCE = 4


class LinkProducts(Direction, kind="link_products"):
    """The store's catalog, and which Odoo products it means."""

    def work(self):
        self.receive()
        self.settle_missing()
        self.tell()

    def receive(self):
        """Take over the catalog page by page, and link what is not linked yet.

        Each page is committed together with the number that was reached, so that a
        run that ends goes on from there. Pages are by id: what a page lacks of the ids
        between its ends is gone from the store.
        """
        pages = self.client.product_pages(
            after=self.backend.link_last_id, include_fields=PRODUCT_FIELDS
        )
        for number, rows in enumerate(pages, 1):
            if number > PAGES_AT_ONCE and not self.env.context.get("cron_id"):
                self.run._note(
                    self.env._(
                        "The catalog is large: the rest is linked in the background."
                    )
                )
                raise OutOfTime
            self.commit(done=self._receive_page(rows))
        self._known_beyond(self.backend.link_last_id).is_missing = True

    def settle_missing(self):
        """Archive what is gone, or ask a person; the next run begins anew.

        Together with the end of the run, so that a whole reading is not done again.
        """
        self.backend.link_last_id = 0
        if message := MissingListings(self.backend).settle():
            self.run._note(message)

    def tell(self):
        """Say how many listings are linked now, and why the others are not."""
        store = [("backend_id", "=", self.backend.id)]
        variants = self.env["bigcommerce.variant"]
        left = dict(
            variants._read_group(
                [*store, ("product_id", "=", False)], ["link_issue"], ["__count"]
            )
        )
        untracked = self.env["bigcommerce.product"].search_count(
            [*store, ("inventory_tracking", "=", "none")]
        )
        self.run._note(
            self.env._(
                "%(linked)s newly linked, %(unlinked)s not linked, of these "
                "%(ambiguous)s could be several products and %(blank)s have neither "
                "SKU nor barcode. %(untracked)s products are not tracked by the store.",
                linked=self.run.done,
                unlinked=sum(left.values()),
                ambiguous=left.get("duplicate", 0),
                blank=left.get("blank", 0),
                untracked=untracked,
            )
        )

    def _receive_page(self, rows):
        """Take over one page of products with their variants, and link them.

        :return int: how many variants were newly linked
        """
        last = max(row["id"] for row in rows)
        products = self._receive_products(rows, last)
        variants = self._receive_variants(products)
        linked = variants._link_unlinked()
        linked += self._create_added_variants(variants.bigcommerce_product_id)
        self.backend.link_last_id = last
        return linked

    def _receive_products(self, rows, last):
        """Take over products; return them.

        :param int last: the largest id of the page
        """
        values = {row["id"]: product_values(row) for row in rows}
        known = self._known(self.backend.link_last_id + 1, last)
        common = {"backend_id": self.backend.id}
        return take_over(known, values, common).with_env(self.env)

    def _known(self, first, last):
        """Return the products of the store with ids in a range, archived ones too."""
        products = self.env["bigcommerce.product"].with_context(active_test=False)
        return products.search(
            [
                ("backend_id", "=", self.backend.id),
                ("remote_id", ">=", first),
                ("remote_id", "<=", last),
            ]
        )

    def _known_beyond(self, last):
        """Return the products after the last of the catalog, not yet noted as gone."""
        return self.env["bigcommerce.product"].search(
            [
                ("backend_id", "=", self.backend.id),
                ("remote_id", ">", last),
                ("is_missing", "=", False),
            ]
        )

    def _receive_variants(self, products):
        """Take over the variants of products, base variants of simple ones included.

        :return: those that the store has
        """
        rows = self._read_variants(products)
        known = find_known_variants(self.backend, products, rows)
        lost = known.filtered(
            lambda variant: not (variant.is_missing or variant.remote_id in rows)
        )
        # these pages are by number: a row may have slipped over an edge
        rows |= self._read_variants(lost.bigcommerce_product_id)
        by_id = products.grouped("remote_id")
        values = {
            number: variant_values(row, by_id[row["product_id"]])
            for number, row in rows.items()
            if row.get("product_id") in by_id
        }
        return take_over(known, values).with_env(self.env)

    def _read_variants(self, products):
        """Return {id: row} of the variants that the store has of some products."""
        if not products:
            return {}
        numbers = ",".join(map(str, products.mapped("remote_id")))
        rows = self.client.variants(
            **{"product_id:in": numbers}, include_fields=VARIANT_FIELDS
        )
        return {id_of(row): row for row in rows}

    def _create_added_variants(self, products):
        """Create what was added in the store to products that are linked.

        Where the store wants unknown products created.

        :return int: how many variants were created
        """
        if self.backend.unknown_product_policy != "create":
            return 0
        grown = products.filtered(
            lambda product: (
                product.variant_ids.product_id
                and "unknown" in product.variant_ids.mapped("link_issue")
            )
        )
        before = len(grown.variant_ids.filtered("product_id"))
        grown._create_products(self.client)
        return len(grown.variant_ids.filtered("product_id")) - before
