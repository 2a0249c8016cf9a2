from odoo import api, models

from ..bigcommerce_order import OPEN


class BigcommerceDryRun(models.Model):
    """Which orders would come in, and as what."""

    _inherit = "bigcommerce.dry.run"

    def _rehearse(self, backend):
        """Override of `_rehearse` to import the orders that wait in the store."""
        rows = super()._rehearse(backend)
        if not backend.import_orders:
            return rows
        began = self.env.cr.now()
        domain = [("backend_id", "=", backend.id), ("state", "in", OPEN)]
        orders = self.env["bigcommerce.order"]
        before = {order: self._tell(order) for order in orders.search(domain)}
        rows += self._run(backend, "import_orders", lambda direction: direction.work())
        self.env.flush_all()
        touched = orders.search(
            [("backend_id", "=", backend.id), ("write_date", ">=", began)],
            order="remote_id",
        )
        for order in touched:
            is_new = order.create_date >= began.replace(microsecond=0)
            known = self.env._("Not in Odoo") if is_new else self.env._("In Odoo")
            rows.append(
                self._row(
                    "order",
                    order.display_name,
                    before.get(order, known),
                    self._tell(order),
                    order.error or order.status_mapping_id.display_name,
                )
            )
        return rows

    @api.model
    def _tell(self, order):
        """Return what became of an order, in a few words."""
        title = dict(order._fields["state"]._description_selection(self.env))
        texts = [title[order.state]]
        for sale in order.sale_order_ids:
            state = dict(sale._fields["state"]._description_selection(self.env))
            amount = sale.currency_id.format(sale.amount_total)
            texts.append(
                f"{state[sale.state]}, {sale.partner_id.display_name}, {amount}"
            )
        return "; ".join(texts)
