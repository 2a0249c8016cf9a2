from odoo.tests import tagged

from ...const import AWAITING_SHIPMENT, CANCELLED, COMPLETED, PARTIALLY_SHIPPED, SHIPPED
from .shipment_case import ShipmentCase

PUT = {"method": "PUT", "path": r"/v2/orders/\d+$"}


@tagged("post_install", "-at_install")
class TestShipmentStatus(ShipmentCase):
    """The status that the store is told never goes back, and none gets lost."""

    def setUp(self):
        super().setUp()
        self.shop.moves_status = False

    def map_event(self, event, status_id):
        statuses = self.backend.status_mapping_ids
        statuses._filter_set_by(event).export_event = False
        statuses.filtered(lambda s: s.status_id == status_id).export_event = event

    def writes(self):
        return [call.body["status_id"] for call in self.sim.calls_to(*PUT.values())]

    def test_a_part_that_leaves_later_does_not_take_shipped_back(self):
        order = self.import_order([("MUG-1", 3)])
        for status_id in (SHIPPED, COMPLETED):
            self.shop.set_status(order.remote_id, status_id)
            self.deliver(order, {"MUG-1": 1})
            self.export()
        self.assertFalse(self.writes())

    def test_another_status_that_means_shipped_is_not_taken_back(self):
        self.map_event("shipped", AWAITING_SHIPMENT)
        order = self.import_order([("MUG-1", 3)])
        self.shop.set_status(order.remote_id, AWAITING_SHIPMENT)
        self.deliver(order, {"MUG-1": 1})
        self.export()
        self.assertFalse(self.writes())
        self.assertEqual(self.status_in_store(order), AWAITING_SHIPMENT)

    def test_confirmed_does_not_take_back_what_was_shipped_since(self):
        self.map_event("confirmed", AWAITING_SHIPMENT)
        self.sim.faults.add("server_error", status=503, times=4, **PUT)
        order = self.import_order([("MUG-1", 1)])
        self.assertEqual(order.status_event, "confirmed")
        self.deliver(order)
        self.sim.faults.clear()
        self.sim.calls.clear()
        self.export()
        self.run_cron("cron_import_orders")
        self.assertEqual(self.writes(), [SHIPPED])
        self.assertFalse(order.status_event)

    def test_an_order_on_its_way_is_not_cancelled_and_a_person_is_told(self):
        self.map_event("cancelled", CANCELLED)
        order = self.import_order([("MUG-1", 1)])
        self.shop.set_status(order.remote_id, PARTIALLY_SHIPPED)
        order.sale_order_ids._action_cancel()
        self.run_cron("cron_import_orders")
        self.assertFalse(self.writes())
        self.assertIn("has shipped it", order.status_error)
        self.assertIn("has shipped it", order.sale_order_ids.activity_ids.note)

    def test_a_refused_status_stays_on_the_order_until_it_is_set(self):
        order = self.import_order([("MUG-1", 1)])
        other = self.import_order([("MUG-1", 1)])
        self.deliver(order)
        self.deliver(other)
        self.sim.faults.add("server_error", status=400, **PUT)
        self.export()
        self.assertIn("HTTP 400", order.status_error)
        self.assertEqual(len(order.sale_order_ids.activity_ids), 1)
        self.assertEqual(self.status_in_store(other), SHIPPED)
        self.export()
        self.assertEqual(len(self.writes()), 2, "not before a person looked")
        self.run_action("action_retry", order)
        self.assertFalse(order.status_error)
        self.export()
        self.assertEqual(self.status_in_store(order), SHIPPED)

    def test_a_refused_confirmation_stays_on_the_order_too(self):
        self.map_event("confirmed", AWAITING_SHIPMENT)
        self.sim.faults.add("server_error", status=400, **PUT)
        order = self.import_order([("MUG-1", 1)])
        self.assertIn("HTTP 400", order.status_error)
        with self.capture_triggers("connector_bigcommerce.cron_import_orders") as soon:
            self.run_action("action_retry", order)
        self.assertTrue(soon.records)
        self.run_cron("cron_import_orders")
        self.assertEqual(self.status_in_store(order), AWAITING_SHIPMENT)
        self.assertFalse(order.status_event)
