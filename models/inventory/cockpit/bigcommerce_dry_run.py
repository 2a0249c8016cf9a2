from odoo import models


class BigcommerceDryRun(models.Model):
    """Which quantities and visibilities would change in the store."""

    _inherit = "bigcommerce.dry.run"

    def _rehearse(self, backend):
        """Override of `_rehearse` to compare all listings, whether or not they are
        sent already."""
        rows = super()._rehearse(backend)
        if not backend.product_ids:
            return rows
        runs = self.env["bigcommerce.sync.run"]
        rows += self._run(backend, "preview_inventory", self._compare)
        differences = runs._get_last(backend, "preview_inventory").difference_ids
        causes = dict(differences._fields["cause"]._description_selection(self.env))
        shown = {1: self.env._("Shown"), 0: self.env._("Hidden")}
        for row in differences:
            is_visibility = row.cause == "visibility"
            name = (row.variant_id or row.bigcommerce_product_id).display_name
            if row.location_id and len(backend.location_ids) > 1:
                name = f"{name}, {row.location_id.name}"
            rows.append(
                self._row(
                    "visibility" if is_visibility else "quantity",
                    name,
                    shown[row.shown] if is_visibility else row.shown,
                    shown[row.wanted] if is_visibility else row.wanted,
                    causes[row.cause],
                )
            )
        return rows

    def _compare(self, direction):
        direction.compare_all()
