from odoo.tools import split_every

from ...client import id_of
from ...client.limits import V3_PAGE
from ..sync.direction import Direction
from .take_over import (
    PRODUCT_FIELDS,
    find_known_variants,
    product_values,
    take_over,
    variant_values,
)


class ReadAgain(Direction):
    """Listings that the store seems to have changed, read once more."""

    def refresh(self, products):
        """Take over what the store has now of some products and their variants.

        One call for up to 250. What is gone is noted; whether it is archived is decided
        when the whole catalog is read (archive_missing.py).

        :param products: bigcommerce.product records
        """
        for ids in split_every(V3_PAGE, products.ids, list):
            self._refresh(products.browse(ids))

    def _refresh(self, products):
        numbers = ",".join(map(str, products.mapped("remote_id")))
        rows = {
            row["id"]: row
            for row in self.client.products(
                **{"id:in": numbers},
                include="variants",
                include_fields=PRODUCT_FIELDS,
            )
        }
        by_id = products.grouped("remote_id")
        found = products.browse().concat(
            *(product for number, product in by_id.items() if number in rows)
        )
        variants = {
            number: variant_values(variant, by_id[row["id"]])
            for row in rows.values()
            if row["id"] in by_id
            for variant in row.get("variants") or ()
            if (number := id_of(variant))
        }
        known = find_known_variants(self.backend, found, variants)
        taken = take_over(known, variants).with_env(self.env)
        take_over(
            products,
            {number: product_values(rows[number]) for number in by_id.keys() & rows},
        )
        taken._link_unlinked()
