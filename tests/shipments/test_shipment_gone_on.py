from datetime import timedelta

from odoo.tests import tagged

from ...const import CANCELLED, REFUNDED
from .shipment_case import ShipmentCase


@tagged("post_install", "-at_install")
class TestShipmentGoneOn(ShipmentCase):
    """The order has gone on in the store before its parcel is first sent."""

    def waiting(self, lines=(("MUG-1", 2),), hours=5):
        """Return an order and its delivery, done hours ago and not sent so far."""
        order = self.import_order(list(lines))
        picking = self.deliver(order, tracking="NUM-1")
        picking.date_done -= timedelta(hours=hours)
        self.sim.calls.clear()
        return order, picking

    def line(self, order):
        return self.shop.order(order.remote_id)["products"][0]

    def ship_by_hand(self, order, quantity, number=""):
        line = self.line(order)
        return self.shop.despatch.create(
            self.shop.raw_order(order.remote_id),
            {
                "order_address_id": line["order_address_id"],
                "items": [{"order_product_id": line["id"], "quantity": quantity}],
                "tracking_number": number,
            },
        )

    def assert_left_to_person(self, picking, words):
        shipment = self.shipments(picking)
        self.assertEqual((shipment.state, shipment.next_attempt), ("failed", False))
        self.assertIn(words, shipment.error)
        self.assertFalse(self.posts())

    def test_a_parcel_sent_at_once_needs_no_look(self):
        order, _picking = self.waiting(hours=0)
        self.export()
        self.assertEqual(len(self.posts()), 1)
        self.assertFalse(self.sim.calls_to("GET", rf"/orders/{order.remote_id}$"))

    def test_after_a_long_wait_the_order_is_read_and_the_parcel_sent(self):
        order, picking = self.waiting()
        self.export()
        self.assertEqual(self.shipments(picking).state, "exported")
        self.assertEqual(self.units_in_store(order), [{"MUG-1": 2}])
        self.assertEqual(len(self.sim.calls_to("GET", r"/orders/\d+$")), 1)
        self.assertFalse(self.sim.calls_to("GET", r"/shipments$"))

    def test_what_was_shipped_by_hand_meanwhile_is_recognized(self):
        order, picking = self.waiting()
        remote = self.ship_by_hand(order, 2)
        self.export()
        self.assertEqual(self.shipments(picking).remote_id, remote["id"])
        self.assertFalse(self.posts())

    def test_what_was_shipped_otherwise_is_left_to_a_person(self):
        order, picking = self.waiting()
        self.ship_by_hand(order, 1, number="BY-HAND")
        self.export()
        self.assert_left_to_person(picking, "1 left to ship: 2 sold, 1 shipped")

    def test_an_order_that_was_cancelled_is_not_told(self):
        order, picking = self.waiting()
        self.shop.set_status(order.remote_id, CANCELLED)
        self.export()
        self.assert_left_to_person(picking, "is Cancelled in the store")
        self.shop.set_status(order.remote_id, 11)
        self.run_action("action_retry", self.shipments(picking))
        self.export()
        self.assertEqual(self.units_in_store(order), [{"MUG-1": 2}])

    def test_an_order_known_to_be_refunded_is_read_without_a_long_wait(self):
        order, picking = self.waiting(hours=0)
        self.shop.set_status(order.remote_id, REFUNDED)
        self.run_cron("cron_import_orders")
        self.export()
        self.assert_left_to_person(picking, "is Refunded in the store")

    def test_refunded_units_are_not_told(self):
        order, picking = self.waiting()
        line = self.line(order)
        self.shop.refund(
            order.remote_id,
            "10.00",
            items=[{"item_type": "PRODUCT", "item_id": line["id"], "quantity": 1}],
        )
        self.export()
        self.assert_left_to_person(picking, "1 left to ship: 2 sold, 0 shipped, 1 ref")

    def test_an_order_that_was_deleted_is_left_to_a_person(self):
        order, picking = self.waiting()
        other, _picking = self.waiting()
        del self.shop.book.orders[order.remote_id]
        self.export()
        self.assertIn("404", self.shipments(picking).error)
        self.assertFalse(self.shipments(picking).next_attempt)
        self.assertEqual(self.units_in_store(other), [{"MUG-1": 2}])

    def test_goods_collected_from_a_cancelled_order_are_not_told(self):
        location_id = self.shop.catalog.add_location("Shop")
        order = self.import_order([("MUG-1", 3)], pickup=location_id)
        picking = self.deliver(order)
        picking.date_done -= timedelta(hours=5)
        self.shop.set_status(order.remote_id, CANCELLED)
        self.export()
        self.assert_left_to_person(picking, "is Cancelled in the store")
        self.assertFalse(self.shop.pickups.of_orders([order.remote_id]))
