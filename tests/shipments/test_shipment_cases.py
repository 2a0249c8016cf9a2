from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from ...simulator import Item
from .shipment_case import ShipmentCase


@tagged("post_install", "-at_install")
class TestShipmentCases(ShipmentCase):
    """Parcels that are easily taken for one another, told twice, or never."""

    def ship_by_hand(self, order, quantity, number=""):
        """Make a shipment in the store's control panel."""
        remote = self.shop.order(order.remote_id)
        (line,) = remote["products"]
        return self.shop.despatch.create(
            self.shop.raw_order(order.remote_id),
            {
                "order_address_id": line["order_address_id"],
                "items": [{"order_product_id": line["id"], "quantity": quantity}],
                "tracking_number": number,
            },
        )

    # told once

    def test_two_parcels_alike_are_two_even_when_an_answer_got_lost(self):
        order = self.import_order([("MUG-1", 2)])
        picking = self.deliver_parcels(
            order, {"MUG-1": 1}, {"MUG-1": 1}, tracking="SHARED-1"
        )
        self.export()
        first, second = self.shipments(picking)
        second.write({"state": "pending", "remote_id": False, "sent": False})
        self.shop.despatch.delete(
            self.shop.raw_order(order.remote_id),
            [self.shop.shipments(order.remote_id)[1]],
        )
        self.export()
        self.assertEqual(len(self.shop.shipments(order.remote_id)), 2)
        self.assertNotEqual(first.remote_id, second.remote_id)

    def test_a_shipment_made_by_hand_in_the_store_is_not_repeated(self):
        for number, theirs in (("NUM-1", "NUM-1"), ("NUM-2", ""), (False, "NUM-3")):
            order = self.import_order([("MUG-1", 2)])
            remote = self.ship_by_hand(order, 2, theirs)
            self.run_cron("cron_import_orders")
            picking = self.deliver(order, tracking=number)
            self.export()
            self.assertEqual(self.shipments(picking).remote_id, remote["id"])
            self.assertEqual(self.units_in_store(order), [{"MUG-1": 2}])
        self.assertFalse(self.posts())

    def test_a_shipment_made_by_hand_may_validate_the_delivery(self):
        self.backend.validate_store_shipments = True
        order = self.import_order([("MUG-1", 3)])
        self.ship_by_hand(order, 2, "NUM-1")
        self.run_cron("cron_import_orders")
        self.export()
        done = order.sale_order_ids.picking_ids.filtered(lambda p: p.state == "done")
        self.assertEqual(done.move_ids.quantity, 2)
        self.assertEqual(done.carrier_tracking_ref, "NUM-1")
        self.assertEqual(self.shipments(done).state, "exported")
        self.deliver(order, tracking="NUM-2")
        self.export()
        self.export()
        self.assertEqual(self.units_in_store(order), [{"MUG-1": 2}, {"MUG-1": 1}])
        self.assertEqual(len(self.posts()), 1)
        self.assertFalse(self.sim.calls_to("PUT", r"/shipments/"))

    def test_what_was_not_shipped_by_hand_is_told(self):
        order = self.import_order([("MUG-1", 3)])
        self.ship_by_hand(order, 1)
        self.run_cron("cron_import_orders")
        self.deliver(order, {"MUG-1": 2})
        self.export()
        self.assertEqual(self.units_in_store(order), [{"MUG-1": 1}, {"MUG-1": 2}])

    def test_what_came_back_and_is_sent_again_leaves_the_rest_to_be_told(self):
        order = self.import_order([("MUG-1", 3)])
        first = self.deliver(order, {"MUG-1": 2})
        self.export()
        self.send_back(self.send_back(first))
        self.export()
        self.assertEqual(self.units_in_store(order), [{"MUG-1": 2}])
        self.deliver(order)
        self.export()
        self.assertEqual(self.units_in_store(order), [{"MUG-1": 2}, {"MUG-1": 1}])

    def test_a_correction_of_what_was_deleted_in_the_store_is_left_to_a_person(self):
        order = self.import_order([("MUG-1", 1)])
        picking = self.deliver(order, tracking="NUM-1")
        self.export()
        remotes = self.shop.shipments(order.remote_id)
        self.shop.despatch.delete(self.shop.raw_order(order.remote_id), remotes)
        picking.carrier_tracking_ref = "NUM-2"
        self.export()
        shipment = self.shipments(picking)
        self.assertEqual((shipment.state, shipment.next_attempt), ("failed", False))
        self.assertFalse(self.shop.shipments(order.remote_id))

    def test_each_parcel_names_the_address_of_its_lines(self):
        order = self.import_order(
            [Item("MUG-1", 2), Item("TSH-1", 1, place=1)],
            addresses=[{"city": "Austin"}, {"city": "Bend"}],
        )
        pickings = self.delivery(order)
        pickings.action_assign()
        pickings.move_ids.picked = True
        for picking in pickings:
            self.validate(picking)
        self.export()
        cities = {
            row["shipping_address"]["city"]: [item["quantity"] for item in row["items"]]
            for row in self.shop.shipments(order.remote_id)
        }
        self.assertEqual(cities, {"Austin": [2], "Bend": [1]})

    def test_a_line_sold_by_the_dozen_here_is_told_in_the_stores_units(self):
        order = self.import_order([("MUG-1", 3)])
        picking = self.delivery(order)
        picking.move_ids.product_uom = self.env.ref("uom.product_uom_dozen")
        picking.move_ids.product_uom_qty = 0.25
        picking.action_assign()
        picking.move_ids.picked = True
        self.validate(picking)
        self.export()
        self.assertEqual(self.units_in_store(order), [{"MUG-1": 3}])

    def test_downloads_and_gift_certificates_are_not_told(self):
        self.shop.add_product("E-book", sku="EBOOK", type="digital", tracking="none")
        self.env["product.product"].create({"name": "E-book", "default_code": "EBOOK"})
        order = self.import_order(
            [
                Item("MUG-1", 1),
                Item("EBOOK", 1),
                Item(name="Certificate", price="25", type="giftcertificate"),
            ]
        )
        self.deliver(order)
        self.export()
        self.assertEqual(self.units_in_store(order), [{"MUG-1": 1}])
        self.assertEqual(self.status_in_store(order), 2)

    # collected goods

    def collected_order(self):
        location_id = self.shop.catalog.add_location("Shop")
        return self.import_order([("MUG-1", 3)], pickup=location_id)

    def told_pickups(self, order):
        return [
            [item["quantity"] for item in pickup["pickup_items"]]
            for pickup in self.shop.pickups.of_orders([order.remote_id])
        ]

    def test_goods_that_are_collected_are_pickups_and_no_shipments(self):
        order = self.collected_order()
        self.deliver(order, {"MUG-1": 2})
        self.export()
        self.deliver(order)
        self.export()
        self.export()
        self.assertEqual(self.told_pickups(order), [[2], [1]])
        self.assertFalse(self.posts())
        (first, _second) = self.shop.pickups.of_orders([order.remote_id])
        self.assertEqual(first["pickup_items"][0]["status"], "COLLECTED")

    def test_a_pickup_whose_answer_got_lost_is_looked_up(self):
        order = self.collected_order()
        picking = self.deliver(order)
        self.sim.faults.add("drop_after", method="POST", path=r"/orders/pickups$")
        self.export()
        self.make_due()
        self.export()
        self.assertEqual(self.told_pickups(order), [[3]])
        self.assertEqual(self.shipments(picking).state, "exported")

    # the right number

    def test_a_package_that_is_used_again_leaves_its_first_parcel_alone(self):
        first, second = (self.import_order([("MUG-1", 1)]) for _order in range(2))
        picking = self.deliver_parcels(first, {"MUG-1": 1})
        box = (
            self.shipments(picking).package_id
            or picking.move_line_ids.result_package_id
        )
        box.bigcommerce_tracking_number = "FIRST"
        self.export()
        again = self.delivery(second)
        again.action_assign()
        again.move_line_ids.result_package_id = box
        again.move_ids.picked = True
        self.validate(again)
        self.export()
        box.bigcommerce_tracking_number = "SECOND"
        self.export()
        self.assertEqual(
            [
                self.shop.shipments(order.remote_id)[0]["tracking_number"]
                for order in (first, second)
            ],
            ["FIRST", "SECOND"],
        )

    def test_a_number_of_the_delivery_comes_after_the_parcels_own(self):
        order = self.import_order([("MUG-1", 1)])
        picking = self.deliver_parcels(order, {"MUG-1": 1})
        picking.move_line_ids.result_package_id.bigcommerce_tracking_number = "OWN"
        self.export()
        picking.carrier_tracking_ref = "LATE"
        self.export()
        (remote,) = self.shop.shipments(order.remote_id)
        self.assertEqual(remote["tracking_number"], "OWN")
        self.assertIn("LATE", remote["comments"])

    def test_a_store_may_wait_for_the_number(self):
        self.backend.tracking_wait_hours = 4
        order = self.import_order([("MUG-1", 1)])
        picking = self.deliver(order)
        self.export()
        self.assertFalse(self.posts())
        shipment = self.shipments(picking)
        wait = shipment.next_attempt - fields.Datetime.now()
        self.assertAlmostEqual(wait, timedelta(hours=4), delta=timedelta(minutes=1))
        picking.carrier_tracking_ref = "NUM-1"
        self.export()
        self.assertEqual(len(self.posts()), 1)

    def test_after_waiting_it_goes_without(self):
        self.backend.tracking_wait_hours = 4
        order = self.import_order([("MUG-1", 1)])
        self.deliver(order)
        self.export()
        self.make_due()
        self.export()
        self.assertEqual(self.units_in_store(order), [{"MUG-1": 1}])

    # the right status

    def test_an_order_whose_rest_was_cancelled_is_shipped(self):
        self.shop.moves_status = False
        order = self.import_order([("MUG-1", 3)])
        self.deliver(order, {"MUG-1": 2})
        self.delivery(order).action_cancel()
        self.export()
        self.assertEqual(self.status_in_store(order), 2)

    def test_what_the_store_calls_shipped_is_not_put_back(self):
        order = self.import_order([("MUG-1", 3)])
        self.deliver(order, {"MUG-1": 2})
        self.shop.moves_status = False
        self.shop.set_status(order.remote_id, 2)
        self.export()
        self.assertEqual(self.status_in_store(order), 2)

    # the switch

    def test_what_waits_can_be_dismissed(self):
        self.backend.export_shipments = False
        order = self.import_order([("MUG-1", 1)])
        self.deliver(order)
        self.export()
        answer = self.run_action("action_dismiss_shipments")
        self.assertIn("1 deliveries", answer["params"]["message"])
        self.backend.export_shipments = True
        self.export()
        self.assertFalse(self.posts())
        user = new_test_user(
            self.env, "daily", groups="connector_bigcommerce.group_user"
        )
        with self.assertRaises(AccessError):
            self.backend.with_user(user).action_dismiss_shipments()
