from odoo import Command

from ..common import BigCommerceCase


class ShipmentCase(BigCommerceCase):
    """A store with two products, and a warehouse that despatches them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        _remote_id, cls.mug = cls.add_product("Mug", "MUG-1", stock=100)
        _remote_id, cls.shirt = cls.add_product("T-shirt", "TSH-1", stock=100)
        cls.carrier = cls.env["delivery.carrier"].create(
            {
                "name": "Parcel Post",
                "product_id": cls.env["product.product"]
                .create({"name": "Postage", "type": "service"})
                .id,
                "tracking_url": "https://post.example.com/<shipmenttrackingnumber>",
            }
        )

    def delivery(self, order):
        """Return the open delivery of an imported order."""
        pickings = order.sale_order_ids.picking_ids
        return pickings.filtered(
            lambda picking: picking.state not in ("done", "cancel")
        )

    def deliver(self, order, units=None, tracking=False):
        """Validate the open delivery of an order.

        :param dict units: SKU -> quantity; without, all that is ordered
        :return: stock.picking; what is left is in its backorder
        """
        picking = self.delivery(order)
        picking.action_assign()
        if tracking:
            picking.write(
                {"carrier_id": self.carrier.id, "carrier_tracking_ref": tracking}
            )
        for move in picking.move_ids:
            sku = move.product_id.default_code
            move.quantity = move.product_uom_qty if units is None else units.get(sku, 0)
        picking.move_ids.picked = True
        self.validate(picking)
        return picking

    def deliver_parcels(self, order, *parcels, tracking=False):
        """Validate the open delivery of an order, packed into parcels.

        :param parcels: dicts of SKU -> quantity, one for each parcel
        :return: stock.picking
        """
        picking = self.delivery(order)
        picking.do_unreserve()
        picking.write({"carrier_id": self.carrier.id, "carrier_tracking_ref": tracking})
        for number, contents in enumerate(parcels, 1):
            package = self.env["stock.package"].create(
                {"name": f"{picking.name}-{number}"}
            )
            for sku, quantity in contents.items():
                move = picking.move_ids.filtered(
                    lambda move, sku=sku: move.product_id.default_code == sku
                )
                values = {"quantity": quantity, "result_package_id": package.id}
                values.update(move._prepare_move_line_vals(), **values)
                move.move_line_ids = [Command.create(values)]
        picking.move_ids.picked = True
        self.validate(picking)
        return picking

    def send_back(self, picking):
        wizard = self.env["stock.return.picking"].create({"picking_id": picking.id})
        for line in wizard.product_return_moves:
            line.quantity = line.move_id.quantity
        returned = self.env["stock.picking"].browse(
            wizard.action_create_returns()["res_id"]
        )
        returned.move_ids.picked = True
        self.validate(returned)
        return returned

    def validate(self, picking):
        picking.with_context(skip_backorder=True, skip_sms=True).button_validate()
        self.assertEqual(picking.state, "done")

    def export(self):
        """Let the scheduled action run."""
        self.run_cron("cron_export_shipments")

    def make_due(self):
        """Let the time pass that a shipment waits for its next attempt."""
        self.env["bigcommerce.shipment"].search([]).next_attempt = False

    def shipments(self, picking):
        return picking.bigcommerce_shipment_ids.sorted("id")

    def posts(self):
        """Return the calls that created shipments."""
        return self.sim.calls_to("POST", r"/shipments$")

    def units_in_store(self, order):
        """Return what the store's shipments hold, as one dict of SKU -> units each."""
        skus = {
            line.bigcommerce_line_id: line.product_id.default_code
            for line in order.sale_order_ids.order_line
        }
        return [
            {skus[item["order_product_id"]]: item["quantity"] for item in row["items"]}
            for row in self.shop.shipments(order.remote_id)
        ]

    def status_in_store(self, order):
        return self.shop.order(order.remote_id)["status_id"]
