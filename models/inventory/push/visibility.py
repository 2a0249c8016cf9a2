from odoo.tools import split_every

from ....client import Conflict, Invalid, NotFound
from ....client.limits import ID_BATCH, PRODUCT_BATCH
from ...sync.direction import Direction


class PushVisibility(Direction):
    """Listings without stock are hidden, and shown again with the stock."""

    def work(self):
        """Hide and show what differs from what the store shows, ten at a time."""
        products = self._products_to_look_at()
        changed = products.filtered(lambda p: p._wanted_visibility() != p.is_visible)
        (products - changed).filtered("visibility_pending").visibility_pending = False
        for ids in split_every(ID_BATCH, changed.ids, list):
            self._read(products.browse(ids))
            for few_ids in split_every(PRODUCT_BATCH, ids, list):
                few = products.browse(few_ids)
                self._send(few)
                self.commit(len(few))

    def _products_to_look_at(self):
        """Return the products whose visibility may have to change.

        Those marked by hand, and those whose stock came or went.
        """
        products = self.env["bigcommerce.product"]
        domain = [("backend_id", "=", self.backend.id)]
        marked = products.search([*domain, ("visibility_pending", "=", True)])
        # what was refused is tried again by the audit
        domain.append(("visibility_error", "=", False))
        if self.backend.visibility_policy == "none":
            return marked | products.search([*domain, ("hidden_by_odoo", "=", True)])
        stocked = [("variant_ids.level_ids.pushed_quantity", ">", 0)]
        hides = [("hide_when_out_of_stock", "=", True)]
        shown = products.search(
            [
                *domain,
                *(hides if self.backend.visibility_policy == "specified" else []),
                ("is_visible", "=", True),
                ("variant_ids.level_ids.pushed_at", "!=", False),
                "!",
                *stocked,
            ]
        )
        hidden = products.search(
            [
                *domain,
                ("is_visible", "=", False),
                ("hidden_by_odoo", "=", True),
                *stocked,
            ]
        )
        return marked | shown | hidden

    def _read(self, products):
        """Look how things stand in the store before changing them.

        What a person hid meanwhile must not count as hidden from here.
        """
        ids = ",".join(str(product.remote_id) for product in products)
        rows = self.client.products(**{"id:in": ids, "include_fields": "is_visible"})
        visible = {row["id"]: bool(row["is_visible"]) for row in rows}
        for product in products:
            now = visible.get(product.remote_id, product.is_visible)
            if now != product.is_visible:
                product.is_visible = now
                product.hidden_by_odoo = product.hidden_by_odoo and not now

    def _send(self, products):
        """Hide and show some products; one that is refused stops no other."""
        wanted = {product: product._wanted_visibility() for product in products}
        changed = products.filtered(lambda p: wanted[p] != p.is_visible)
        rows = [
            {"id": product.remote_id, "is_visible": wanted[product]}
            for product in changed
        ]
        products.visibility_pending = False
        # what is found hidden after an answer that got lost was hidden from here
        changed.filtered("is_visible").hidden_by_odoo = True
        self.run._commit()
        try:
            if rows:
                self.client.update_products(rows)
        except (Invalid, Conflict, NotFound) as error:
            # it need not say which one (fact F53)
            if len(changed) == 1:
                changed.visibility_error = str(error)
                changed.hidden_by_odoo = not changed.is_visible
                return
            for product in changed:
                self._send(product)
            return
        for product in changed:
            product.write(
                {"is_visible": wanted[product], "hidden_by_odoo": not wanted[product]}
            )
        products.visibility_error = False
