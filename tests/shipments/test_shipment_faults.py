from odoo.tests import mute_logger, tagged

from .shipment_case import ShipmentCase

POST = {"method": "POST", "path": r"/shipments$"}
GET = {"method": "GET", "path": r"/shipments"}


@tagged("post_install", "-at_install")
class TestShipmentFaults(ShipmentCase):
    def assert_told_once(self, order):
        self.assertEqual(self.units_in_store(order), [{"MUG-1": 1}])
        mails = [
            mail
            for mail in self.shop.mails
            if (mail["kind"], mail["order_id"]) == ("shipment", order.remote_id)
        ]
        self.assertEqual(len(mails), 1)

    def despatched(self):
        order = self.import_order([("MUG-1", 1)])
        return order, self.deliver(order, tracking="NUM-1")

    def test_an_answer_that_got_lost_is_looked_up(self):
        for fault in ("drop_after", "html", "truncated"):
            with self.subTest(fault):
                order, picking = self.despatched()
                self.sim.faults.add(fault, **POST)
                self.export()
                shipment = self.shipments(picking)
                self.assertEqual(shipment.state, "exported", shipment.error)
                self.assert_told_once(order)

    def test_an_unknown_outcome_is_read_before_it_is_repeated(self):
        order, picking = self.despatched()
        self.sim.faults.add("drop_after", **POST)
        self.sim.faults.add("server_error", status=503, times=99, **GET)
        self.export()
        shipment = self.shipments(picking)
        self.assertEqual(shipment.state, "pending")
        self.assertTrue(shipment.error)
        self.assertTrue(shipment.next_attempt)
        self.sim.faults.clear()
        self.make_due()
        self.export()
        self.assertEqual(shipment.state, "exported")
        self.assertEqual(len(self.posts()), 1)
        self.assert_told_once(order)

    def test_what_did_not_arrive_is_sent_again(self):
        order, picking = self.despatched()
        self.sim.faults.add("drop_before", **POST)
        self.export()
        shipment = self.shipments(picking)
        self.assertEqual(shipment.state, "pending")
        self.export()
        self.assertEqual(self.units_in_store(order), [], "not before it is due")
        self.make_due()
        self.export()
        self.assertEqual(shipment.state, "exported")
        self.assert_told_once(order)

    def test_a_shipment_is_found_again_after_a_crash(self):
        order, picking = self.despatched()
        self.export()
        shipment = self.shipments(picking)
        # as a server leaves it that was killed between the POST and its commit
        shipment.write({"state": "pending", "remote_id": False, "sent": False})
        self.assertEqual(shipment.attempts, 1)
        self.export()
        self.assertEqual(shipment.state, "exported")
        self.assertEqual(
            shipment.remote_id, self.shop.shipments(order.remote_id)[0]["id"]
        )
        self.assertEqual(len(self.posts()), 1)

    def test_a_refused_shipment_shows_the_stores_words_and_stops_no_other(self):
        _order, picking = self.despatched()
        other, other_picking = self.despatched()
        self.sim.faults.add("server_error", status=400, **POST)
        with mute_logger("odoo.addons.connector_bigcommerce"):
            self.export()
        shipment = self.shipments(picking)
        self.assertEqual(shipment.state, "failed")
        self.assertIn("HTTP 400", shipment.error)
        self.assertTrue(shipment.next_attempt)
        self.assertEqual(self.shipments(other_picking).state, "exported")
        self.assert_told_once(other)

    def test_a_person_can_have_it_tried_again(self):
        _order, picking = self.despatched()
        self.sim.faults.add("drop_before", **POST)
        self.export()
        shipment = self.shipments(picking)
        self.run_action("action_retry", shipment)
        self.assertFalse(shipment.error)
        self.export()
        self.assertEqual(shipment.state, "exported")

    def test_a_store_that_is_away_ends_the_run(self):
        pickings = [self.despatched()[1] for _time in range(3)]
        self.sim.faults.add("drop_before", times=99)
        self.export()
        self.assertEqual(self.backend.sync_run_ids[0].state, "postponed")
        tried = [self.shipments(picking).attempts for picking in pickings]
        self.assertEqual(tried, [1, 0, 0])
        self.sim.faults.clear()
        self.make_due()
        self.export()
        states = [self.shipments(picking).state for picking in pickings]
        self.assertEqual(states, ["exported"] * 3)

    def test_one_delivery_that_cannot_be_read_stops_no_other(self):
        order, picking = self.despatched()
        order.payload = {"id": order.remote_id, "consignments": "nonsense"}
        other, _picking = self.despatched()
        with mute_logger("odoo.addons.connector_bigcommerce"):
            self.export()
        self.assertFalse(picking.bigcommerce_shipment_ids)
        self.assertEqual(self.units_in_store(other), [{"MUG-1": 1}])
        run = self.env["bigcommerce.sync.run"].search(
            [("kind", "=", "export_shipments")], limit=1
        )
        self.assertIn(picking.name, run.message)
        self.assertEqual(run.failed, 1)

    def test_whatever_goes_wrong_each_parcel_is_told_once_and_right(self):
        """Before and after the store's work, on each kind of call."""
        self.shop.moves_status = False
        calls = (
            POST,
            GET,
            {"method": "PUT", "path": r"/shipments/\d+$"},
            {"method": "PUT", "path": r"/orders/\d+$"},
            {"method": "GET", "path": r"/v2/orders$"},
        )
        kinds = (
            ("drop_before", {}),
            ("drop_after", {}),
            ("server_error", {"status": 503}),
            ("html", {}),
            ("truncated", {}),
            ("rate_limited", {}),
        )
        for call in calls:
            for kind, options in kinds:
                with self.subTest(call=call, kind=kind):
                    order, picking = self.despatched()
                    self.sim.faults.add(kind, times=5, **call, **options)
                    self.export()
                    picking.carrier_tracking_ref = "NUM-2"
                    self.export()
                    self.sim.faults.clear()
                    for _again in range(2):
                        self.make_due()
                        self.export()
                    (remote,) = self.shop.shipments(order.remote_id)
                    self.assertEqual(remote["tracking_number"], "NUM-2")
                    self.assertEqual(self.status_in_store(order), 2)
                    self.assert_told_once(order)
