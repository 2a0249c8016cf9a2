from odoo import Command
from odoo.tests import tagged

from .shipment_case import ShipmentCase

ORDERS = 10
DELIVERIES = 1_000
OTHER_CALLS = 50


@tagged("post_install", "-at_install")
class TestShipmentVolume(ShipmentCase):
    """A thousand deliveries wait at once."""

    def deliveries(self):
        """Finish a thousand deliveries of one unit each; return them."""
        units = DELIVERIES // ORDERS
        self.set_stock(self.mug, DELIVERIES)
        variant = self.shop.catalog.variant_by_sku("MUG-1")
        self.shop.catalog.stock[1, variant["id"]] = DELIVERIES
        for _order in range(ORDERS):
            self.shop.buy([("MUG-1", units)])
        self.run_cron("cron_import_orders")
        whole = self.env["stock.picking"].search([("sale_id", "!=", False)])
        lines = whole.move_ids.sale_line_id
        whole.action_cancel()
        pickings = self.env["stock.picking"].create(
            [
                self.delivery(whole[0], f"NUM-{number}", lines[number % ORDERS])
                for number in range(DELIVERIES)
            ]
        )
        pickings.action_confirm()
        pickings.action_assign()
        pickings.move_ids.picked = True
        pickings._action_done()
        return pickings

    def delivery(self, like, tracking_number, line):
        """Return the values of a delivery of one unit of a sale order line."""
        locations = {
            "location_id": like.location_id.id,
            "location_dest_id": like.location_dest_id.id,
        }
        move = {
            "product_id": self.mug.id,
            "product_uom_qty": 1,
            "sale_line_id": line.id,
            **locations,
        }
        return {
            "picking_type_id": like.picking_type_id.id,
            "carrier_tracking_ref": tracking_number,
            "move_ids": [Command.create(move)],
            **locations,
        }

    def test_a_thousand_deliveries_are_a_thousand_posts(self):
        pickings = self.deliveries()
        self.sim.calls.clear()
        shipments = self.env["bigcommerce.shipment"]
        while shipments.search_count([("state", "=", "exported")]) < DELIVERIES:
            self.export()
        self.export()
        self.assertEqual(len(self.posts()), DELIVERIES)
        self.assertLessEqual(len(self.sim.calls) - DELIVERIES, OTHER_CALLS)
        numbers = [
            shipment["tracking_number"]
            for order_id in self.shop.book.orders
            for shipment in self.shop.shipments(order_id)
        ]
        self.assertEqual(
            sorted(numbers), sorted(pickings.mapped("carrier_tracking_ref"))
        )
