from odoo import api, models

LOCATIONS = "connector_bigcommerce.action_bigcommerce_location"


class BigcommerceFinding(models.Model):
    """Whether the stock in Odoo may become the stock of the store."""

    _inherit = "bigcommerce.finding"

    def _find(self, backend, client):
        """Override of `_find` to look at the stock, where the store is to show it."""
        rows = super()._find(backend, client)
        if backend.sync_inventory:
            rows += self._find_locations(backend) + self._find_stock(backend)
        return rows

    @api.model
    def _find_locations(self, backend):
        left = backend.location_ids.filtered(
            lambda location: location.enabled and not location._is_pushed()
        )
        if not left:
            return []
        message = self.env._(
            "Locations of the store without an Odoo location, whose stock stays as it "
            "is there: %s",
            ", ".join(left.mapped("name")),
        )
        domain = [("id", "in", left.ids)]
        return [self._row("products", "warning", message, LOCATIONS, domain)]

    @api.model
    def _find_stock(self, backend):
        products = backend._get_linked_variants().product_id.filtered("is_storable")
        pushed = backend.location_ids.filtered(lambda location: location._is_pushed())
        inside = self.env["stock.location"].browse(
            {place for row in pushed for place in row._get_stock_locations().ids}
        )
        if not products or not inside:
            return []
        quants = self.env["stock.quant"]
        here = [("product_id", "in", products.ids), ("location_id", "in", inside.ids)]
        rows, stock = [], "stock.dashboard_open_quants"
        negative = [*here, ("quantity", "<", 0)]
        if count := quants.search_count(negative):
            message = self.env._("The stock of %s linked products is negative.", count)
            rows.append(self._row("products", "warning", message, stock, negative))
        if not quants.search_count([*here, ("quantity", ">", 0)], limit=1):
            message = self.env._(
                "None of the %s linked products has stock in Odoo: going live would "
                "sell out the whole store. Count the stock, or use Take Initial Stock.",
                len(products),
            )
            rows.append(self._row("products", "blocking", message, stock, here))
        return rows
