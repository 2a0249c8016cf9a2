from functools import partial

from odoo import api, fields, models

SIGNALLED = "bigcommerce_export_shipments"


class StockPicking(models.Model):
    """Signals that a delivery is done or its number known. No network here."""

    _name = "stock.picking"
    _inherit = ["stock.picking", "bigcommerce.locked.mixin"]

    bigcommerce_shipment_ids = fields.One2many(
        "bigcommerce.shipment",
        "picking_id",
        "BigCommerce Shipments",
        groups="connector_bigcommerce.group_user",
        help="The parcels that the store was told of, or will be.",
    )
    bigcommerce_order_id = fields.Many2one(
        related="sale_id.bigcommerce_order_id",
        string="BigCommerce Order",
        groups="connector_bigcommerce.group_user",
    )
    bigcommerce_nothing_to_ship = fields.Boolean(
        readonly=True,
        copy=False,
        help="The store has no shipment for this delivery: collected or digital "
        "goods, or products that were added in Odoo.",
    )

    def action_show_bigcommerce_order(self):
        """Show the store's order that this delivery is of."""
        self.bigcommerce_order_id.check_access("read")
        return self.bigcommerce_order_id._get_records_action()

    def _action_done(self):
        """Override of `_action_done` to have finished deliveries sent soon."""
        result = super()._action_done()
        self._bigcommerce_signal()
        return result

    def write(self, vals):
        """Override of `write` to have a number sent that comes after the delivery."""
        result = super().write(vals)
        if "carrier_tracking_ref" in vals:
            self.filtered(lambda picking: picking.state == "done")._bigcommerce_signal()
        return result

    def _add_delivery_cost_to_so(self):
        """Override of `_add_delivery_cost_to_so` to charge what the store charged.

        Shipping came with the order: the carrier's real cost is no second line of it.
        """
        if self.sale_id.bigcommerce_order_id:
            return None
        return super()._add_delivery_cost_to_so()

    @api.model
    def _bigcommerce_get_unsent(self, backend):
        """Return the finished deliveries of a store that are not in the outbox yet."""
        return self.search(
            [
                ("state", "=", "done"),
                ("location_dest_id.usage", "=", "customer"),
                ("sale_id.bigcommerce_backend_id", "=", backend.id),
                ("bigcommerce_shipment_ids", "=", False),
                ("bigcommerce_nothing_to_ship", "=", False),
            ],
            order="date_done, id",
        )

    def _bigcommerce_signal(self):
        """Start the export soon, once in a transaction.

        Only makes it quick: the export finds out by itself what is to be sent, and
        nothing that another transaction may hold is written here.
        """
        pending = self.env.cr.precommit
        # the warehouse need not read sale orders
        sales = self.sudo().sale_id
        if SIGNALLED in pending.data or not sales.bigcommerce_backend_id:
            return
        pending.data[SIGNALLED] = True
        pending.add(partial(pending.data.pop, SIGNALLED, None))
        self.env.ref("connector_bigcommerce.cron_export_shipments")._trigger()
