"""Parcels out."""

from .operation import Operation


class TellShipment(Operation):
    at = ("POST", r"/shipments$")
    kind = "export_shipments"

    def prepare(self):
        self.deliver(self.imported(), tracking=f"1Z{self.number:08}")

    def deliver(self, order, tracking):
        """Let the goods of an order leave the warehouse."""
        self.order, self.picking = order, order.sale_order_ids.picking_ids
        self.picking.carrier_tracking_ref = tracking
        self.picking.move_ids.picked = True
        self.picking.button_validate()

    def again(self):
        self.retry()
        self.run()

    def retry(self):
        shipments = self.picking.bigcommerce_shipment_ids
        failed = shipments.filtered(lambda row: row.state == "failed")
        self.case.run_action("action_retry", failed)
        shipments.next_attempt = False

    def check(self):
        (shipment,) = self.shop.shipments(self.order.remote_id)
        self.case.assertEqual(
            shipment["tracking_number"], self.picking.carrier_tracking_ref
        )
        (row,) = self.picking.bigcommerce_shipment_ids
        self.case.assertEqual((row.state, row.error), ("exported", False))


class ChangeTracking(TellShipment):
    at = ("PUT", r"/shipments/\d+$")

    def prepare(self):
        self.deliver(self.imported(), tracking=f"1Z{self.number:08}")
        self.run()
        self.picking.carrier_tracking_ref = f"2Z{self.number:08}"


class TellPickup(TellShipment):
    at = ("POST", r"/v3/orders/pickups$")

    def prepare(self):
        location_id = max(self.shop.catalog.locations)
        self.deliver(self.imported(pickup=location_id), tracking=False)

    def check(self):
        told = self.shop.pickups.of_orders([self.order.remote_id])
        self.case.assertEqual(len(told), 1)
