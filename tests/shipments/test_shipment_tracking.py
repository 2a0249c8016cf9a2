from odoo.exceptions import AccessError
from odoo.tests import Form, new_test_user, tagged

from .shipment_case import ShipmentCase


@tagged("post_install", "-at_install")
class TestShipmentTracking(ShipmentCase):
    def remote(self, order):
        (remote,) = self.shop.shipments(order.remote_id)
        return remote

    def updates(self):
        return self.sim.calls_to("PUT", r"/shipments/\d+$")

    def test_an_unmapped_carrier_gives_its_own_link(self):
        order = self.import_order([("MUG-1", 1)])
        self.deliver(order, tracking="NUM-1")
        self.export()
        remote = self.remote(order)
        self.assertEqual(remote["tracking_number"], "NUM-1")
        self.assertEqual(remote["tracking_link"], "https://post.example.com/NUM-1")
        self.assertEqual(remote["shipping_provider"], "")
        self.assertEqual(remote["shipping_method"], "Parcel Post")

    def test_a_mapped_carrier_is_named_in_the_stores_words(self):
        self.env["bigcommerce.shipping.mapping"].create(
            {
                "backend_id": self.backend.id,
                "name": "Courier",
                "carrier_id": self.carrier.id,
                "shipping_provider": "royalmail",
                "tracking_carrier": "royal-mail",
            }
        )
        order = self.import_order([("MUG-1", 1)])
        self.deliver(order, tracking="NUM-1")
        self.export()
        remote = self.remote(order)
        self.assertEqual(remote["shipping_provider"], "royalmail")
        self.assertEqual(remote["tracking_carrier"], "royal-mail")
        self.assertFalse(remote["tracking_link"])

    def test_a_number_typed_in_later_is_one_update(self):
        order = self.import_order([("MUG-1", 1)])
        picking = self.deliver(order)
        self.export()
        self.assertFalse(self.remote(order)["tracking_number"])
        self.env.cr.flush()  # ends what counts as one transaction
        with self.capture_triggers(
            "connector_bigcommerce.cron_export_shipments"
        ) as triggers:
            picking.carrier_tracking_ref = "LATE-1"
        self.assertEqual(len(triggers.records), 1)
        self.export()
        self.export()
        self.assertEqual(self.remote(order)["tracking_number"], "LATE-1")
        self.assertEqual(len(self.updates()), 1)
        self.assertEqual(len(self.posts()), 1)

    def test_a_number_written_differently_is_no_update(self):
        order = self.import_order([("MUG-1", 1)])
        picking = self.deliver(order, tracking="NUM-1")
        self.export()
        picking.carrier_tracking_ref = " NUM-1 ;"
        self.export()
        self.assertFalse(self.updates())

    def test_a_correction_before_the_export_needs_no_update(self):
        order = self.import_order([("MUG-1", 1)])
        picking = self.deliver(order, tracking="WRONG-1")
        picking.carrier_tracking_ref = "RIGHT-1"
        self.export()
        self.assertEqual(self.remote(order)["tracking_number"], "RIGHT-1")
        self.assertFalse(self.updates())

    def test_a_parcels_own_number_goes_first(self):
        order = self.import_order([("MUG-1", 2)])
        picking = self.deliver_parcels(
            order, {"MUG-1": 1}, {"MUG-1": 1}, tracking="NUM-1"
        )
        self.export()
        first, second = self.shipments(picking)
        self.assertEqual(first.tracking_number, "NUM-1")
        second.package_id.bigcommerce_tracking_number = "OWN-2"
        self.export()
        numbers = [
            row["tracking_number"] for row in self.shop.shipments(order.remote_id)
        ]
        self.assertEqual(numbers, ["NUM-1", "OWN-2"])
        self.assertEqual(len(self.updates()), 1)

    def test_no_number_is_lost(self):
        long_number = "X1" * 26
        order = self.import_order([("MUG-1", 1)])
        self.deliver(order, tracking=f"NUM-1;NUM-2, {long_number}")
        self.export()
        remote = self.remote(order)
        self.assertEqual(remote["tracking_number"], "NUM-1")
        self.assertIn("NUM-2", remote["comments"])
        self.assertIn(long_number, remote["comments"])

    def test_a_backorder_keeps_its_number_to_itself(self):
        order = self.import_order([("MUG-1", 2)])
        self.deliver(order, {"MUG-1": 1}, tracking="NUM-1")
        self.export()
        self.deliver(order, tracking="NUM-2")
        self.export()
        numbers = [
            row["tracking_number"] for row in self.shop.shipments(order.remote_id)
        ]
        self.assertEqual(numbers, ["NUM-1", "NUM-2"])
        self.assertFalse(self.updates())

    def test_a_warehouse_worker_needs_no_rights_of_ours(self):
        # without the sales group core's own carrier list cannot be opened
        groups = "stock.group_stock_user,sales_team.group_sale_salesman"
        worker = new_test_user(self.env, "worker", groups=groups)
        order = self.import_order([("MUG-1", 1)])
        picking = self.delivery(order).with_user(worker)
        package = self.env["stock.package"].create({"name": "BOX"})
        picking.action_assign()
        picking.move_line_ids.result_package_id = package
        picking.move_ids.picked = True
        self.validate(picking)
        self.export()
        Form(picking)
        picking.web_read({"display_name": {}, "carrier_tracking_ref": {}})
        picking.carrier_tracking_ref = "LATE-1"
        self.export()
        self.assertEqual(self.numbers_in_store(order), ["LATE-1"])
        package.with_user(worker).bigcommerce_tracking_number = "OWN-1"
        self.export()
        self.assertEqual(self.numbers_in_store(order), ["OWN-1"])
        with self.assertRaises(AccessError):
            picking.bigcommerce_shipment_ids.read()

    def numbers_in_store(self, order):
        return [row["tracking_number"] for row in self.shop.shipments(order.remote_id)]
