from odoo import models


class BigcommerceBackend(models.Model):
    """The nightly comparison of everything with the store."""

    _inherit = "bigcommerce.backend"

    def _audit_inventory_work(self, client, run):
        """Read all levels and visibilities, and send what drifted.

        Every level is computed anew; one that the store shows differently from what
        was last sent is sent again even when the number stays.
        """
        if not self._know_sold_units(client, run):
            return False
        drifted = self._find_drifted_levels(client)
        drifted.write({"is_stale": True, "state": "pending"})
        self._mark_all_levels()
        moved = self._find_moved_visibility(client)
        run._note(
            self.env._(
                "%(levels)s quantities and %(products)s visibilities had drifted.",
                levels=len(drifted),
                products=len(moved),
            )
        )
        if not run._commit():
            return False
        self._collect_signals(run)
        return self._push_quantities(client, run) and self._push_visibility(client, run)

    def _find_drifted_levels(self, client):
        """Return the levels that the store shows differently from what was sent."""
        shown = {}
        for item in client.inventory_items():
            identity = item["identity"]
            for place in item.get("locations") or ():
                quantity = place.get("total_inventory_onhand")
                for kind in ("variant_id", "product_id"):
                    if identity.get(kind):
                        key = place["location_id"], kind, identity[kind]
                        shown[key] = shown.get(key, 0) + (quantity or 0)
        levels = self.env["bigcommerce.stock.level"].search(
            [("backend_id", "=", self.id), ("pushed_at", "!=", False)]
        )
        return levels.filtered(
            lambda level: (
                level._target() in shown
                and shown[level._target()] != level.pushed_quantity
            )
        )

    def _find_moved_visibility(self, client):
        """Take over what the store shows now; return the products that differed.

        Hidden by a person is no drift: it stays hidden.
        """
        known = self.product_ids.grouped("remote_id")
        moved = self.env["bigcommerce.product"]
        for row in client.products(include_fields="is_visible"):
            product = known.get(row["id"])
            if product and product.is_visible != bool(row["is_visible"]):
                product.write(
                    {
                        "is_visible": bool(row["is_visible"]),
                        "hidden_by_odoo": False,
                        "visibility_pending": True,
                    }
                )
                moved += product
        return moved
