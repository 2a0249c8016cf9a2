from odoo.exceptions import UserError
from odoo.tests import tagged

from ..common import BigCommerceCase


@tagged("post_install", "-at_install")
class TestFetchSettings(BigCommerceCase):
    def status(self, status_id):
        return self.backend.status_mapping_ids.filtered(
            lambda status: status.status_id == status_id
        )

    def test_statuses_come_with_sensible_actions(self):
        self.assertEqual(len(self.backend.status_mapping_ids), 15)
        self.assertEqual(self.status(11).import_action, "confirm")
        self.assertEqual(self.status(7).import_action, "quotation")
        self.assertEqual(self.status(12).import_action, "hold")
        self.assertEqual(self.status(0).import_action, "ignore")
        self.assertEqual(self.status(2).export_event, "shipped")
        self.assertEqual(self.status(3).export_event, "partially_shipped")

    def test_what_a_person_mapped_stays(self):
        self.status(7).import_action = "hold"
        service = self.backend.shipping_mapping_ids[0]
        service.tracking_carrier = "dhl"
        self.backend.action_fetch_settings()
        self.assertEqual(self.status(7).import_action, "hold")
        self.assertEqual(service.tracking_carrier, "dhl")
        self.assertEqual(len(self.backend.status_mapping_ids), 15)

    def test_services_payments_and_locations_are_listed(self):
        self.assertIn("Flat Rate", self.backend.shipping_mapping_ids.mapped("name"))
        self.assertTrue(self.backend.payment_mapping_ids)
        self.assertIn(1, self.backend.location_ids.mapped("remote_id"))

    def test_a_part_that_may_not_be_read_does_not_stop_the_others(self):
        self.backend.shipping_mapping_ids.unlink()
        self.sim.faults.add("server_error", path="inventory/locations", status=403)
        answer = self.backend.action_fetch_settings()
        self.assertEqual(answer["params"]["type"], "warning")
        self.assertIn("Locations", answer["params"]["message"])
        self.assertTrue(self.backend.shipping_mapping_ids)

    def test_without_mapped_statuses_nothing_is_imported(self):
        self.backend.status_mapping_ids.unlink()
        self.shop.add_product(name="Mug", sku="MUG", stock=5)
        remote_id = self.shop.buy([("MUG", 1)])
        with self.assertRaisesRegex(UserError, "Fetch Settings"):
            self.run_action("action_import_orders")
        self.assertFalse(self.inbox(remote_id))
        self.assertFalse(self.backend.last_order_sync)
