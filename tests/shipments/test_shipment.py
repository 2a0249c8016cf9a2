from odoo.tests import tagged

from ...const import COMPLETED, PARTIALLY_SHIPPED, SHIPPED
from .shipment_case import ShipmentCase


@tagged("post_install", "-at_install")
class TestShipment(ShipmentCase):
    def test_a_whole_delivery_is_one_shipment(self):
        order = self.import_order([("MUG-1", 2), ("TSH-1", 1)])
        picking = self.deliver(order)
        self.export()
        shipment = self.shipments(picking)
        self.assertEqual(shipment.state, "exported", shipment.error)
        self.assertEqual(self.units_in_store(order), [{"MUG-1": 2, "TSH-1": 1}])
        remote = self.shop.shipments(order.remote_id)[0]
        self.assertEqual(remote["id"], shipment.remote_id)
        self.assertEqual(
            remote["order_address_id"], order.sale_order_ids.bigcommerce_address_id
        )
        self.assertEqual(remote["comments"], picking.name)
        self.assertEqual(self.status_in_store(order), SHIPPED)

    def test_what_was_told_is_not_told_again(self):
        order = self.import_order([("MUG-1", 1)])
        self.deliver(order)
        self.export()
        self.export()
        self.assertEqual(len(self.posts()), 1)
        self.assertEqual(len(self.sim.calls_to("GET", r"/shipments")), 0)
        self.assertEqual(len(self.sim.calls_to("PUT", r"/orders/\d+$")), 0)

    def test_parts_are_told_as_they_leave(self):
        order = self.import_order([("MUG-1", 3), ("TSH-1", 2)])
        self.deliver(order, {"MUG-1": 1})
        self.export()
        self.assertEqual(self.units_in_store(order), [{"MUG-1": 1}])
        self.assertEqual(self.status_in_store(order), PARTIALLY_SHIPPED)
        self.deliver(order)
        self.export()
        self.assertEqual(
            self.units_in_store(order), [{"MUG-1": 1}, {"MUG-1": 2, "TSH-1": 2}]
        )
        self.assertEqual(self.status_in_store(order), SHIPPED)

    def test_each_parcel_is_a_shipment(self):
        order = self.import_order([("MUG-1", 3), ("TSH-1", 1)])
        picking = self.deliver_parcels(
            order, {"MUG-1": 2}, {"MUG-1": 1, "TSH-1": 1}, tracking="NUM-1, NUM-2"
        )
        self.export()
        self.assertEqual(
            self.units_in_store(order), [{"MUG-1": 2}, {"MUG-1": 1, "TSH-1": 1}]
        )
        self.assertEqual(
            self.shipments(picking).mapped("tracking_number"), ["NUM-1", "NUM-2"]
        )
        self.assertIn("1 × [TSH-1]", self.shipments(picking)[1].contents)
        self.assertNotIn("TSH-1", self.shipments(picking)[0].contents)
        comments = [row["comments"] for row in self.shop.shipments(order.remote_id)]
        self.assertEqual(len(set(comments)), 2, "each parcel is known by its marker")

    def test_goods_beside_the_parcels_are_a_shipment_of_their_own(self):
        order = self.import_order([("MUG-1", 1), ("TSH-1", 1)])
        picking = self.delivery(order)
        picking.action_assign()
        package = self.env["stock.package"].create({"name": "BOX"})
        mugs = picking.move_line_ids.filtered(lambda ml: ml.product_id == self.mug)
        mugs.result_package_id = package
        picking.move_ids.picked = True
        self.validate(picking)
        self.export()
        self.assertEqual(self.units_in_store(order), [{"MUG-1": 1}, {"TSH-1": 1}])

    def test_half_units_are_told_when_the_unit_is_whole(self):
        self.mug.uom_id = self.env.ref("uom.product_uom_dozen")
        order = self.import_order([("MUG-1", 1)])
        self.deliver(order, {"MUG-1": 0.5})
        self.export()
        self.assertEqual(self.units_in_store(order), [])
        self.deliver(order)
        self.export()
        self.assertEqual(self.units_in_store(order), [{"MUG-1": 1}])

    def test_products_added_in_odoo_are_not_told(self):
        order = self.import_order([("MUG-1", 1)])
        self.add_to_delivery(self.delivery(order), self.shirt)
        self.deliver(order, {"MUG-1": 1, "TSH-1": 1})
        self.export()
        self.assertEqual([len(row) for row in self.units_in_store(order)], [1])

    def add_to_delivery(self, picking, product):
        self.env["stock.move"].create(
            {
                "picking_id": picking.id,
                "product_id": product.id,
                "product_uom_qty": 1,
                "location_id": picking.location_id.id,
                "location_dest_id": picking.location_dest_id.id,
            }
        )

    def test_a_return_is_no_shipment_nor_is_what_is_sent_again(self):
        order = self.import_order([("MUG-1", 2)])
        picking = self.deliver(order)
        self.export()
        self.send_back(self.send_back(picking))
        self.export()
        self.assertEqual(self.units_in_store(order), [{"MUG-1": 2}])

    def test_a_route_of_several_steps_is_told_from_the_last(self):
        self.backend.warehouse_id = self.env["stock.warehouse"].search([], limit=1)
        self.backend.warehouse_id.delivery_steps = "pick_ship"
        order = self.import_order([("MUG-1", 2)])
        self.deliver(order)
        self.export()
        self.assertEqual(self.units_in_store(order), [])
        self.deliver(order)
        self.export()
        self.assertEqual(self.units_in_store(order), [{"MUG-1": 2}])

    def test_an_order_that_is_partly_picked_is_not_shipped(self):
        """The move to the customer comes only after the picking."""
        self.backend.warehouse_id = self.env["stock.warehouse"].search([], limit=1)
        self.backend.warehouse_id.delivery_steps = "pick_ship"
        order = self.import_order([("MUG-1", 3)])
        first = self.deliver(order, {"MUG-1": 1})
        out = first.move_ids.move_dest_ids.picking_id
        out.move_ids.quantity = 1
        out.move_ids.picked = True
        self.validate(out)
        self.export()
        self.assertEqual(self.units_in_store(order), [{"MUG-1": 1}])
        self.assertEqual(self.status_in_store(order), PARTIALLY_SHIPPED)

    def test_a_delivery_that_passed_the_hook_by_is_found(self):
        order = self.import_order([("MUG-1", 1)])
        picking = self.delivery(order)
        picking.action_assign()
        picking.move_ids.picked = True
        picking.move_ids._action_done()
        self.export()
        self.assertEqual(self.units_in_store(order), [{"MUG-1": 1}])

    def test_the_switch_keeps_shipments_waiting(self):
        order = self.import_order([("MUG-1", 1)])
        self.backend.export_shipments = False
        self.deliver(order)
        self.export()
        self.assertEqual(self.units_in_store(order), [])
        self.backend.export_shipments = True
        self.export()
        self.assertEqual(self.units_in_store(order), [{"MUG-1": 1}])

    def test_a_validated_delivery_starts_the_export_once(self):
        orders = [self.import_order([("MUG-1", 1)]) for _time in range(2)]
        with self.capture_triggers(
            "connector_bigcommerce.cron_export_shipments"
        ) as triggers:
            for order in orders:
                self.deliver(order)
        self.assertEqual(len(triggers.records), 1)

    def test_other_deliveries_start_nothing(self):
        move = self.env["stock.move"].create(
            {
                "product_id": self.mug.id,
                "product_uom_qty": 1,
                "location_id": self.env.ref("stock.stock_location_stock").id,
                "location_dest_id": self.env.ref("stock.stock_location_customers").id,
                "picking_type_id": self.env.ref("stock.picking_type_out").id,
            }
        )
        move._action_confirm()
        move._action_assign()
        move.picked = True
        with self.capture_triggers(
            "connector_bigcommerce.cron_export_shipments"
        ) as triggers:
            move.picking_id._action_done()
        self.assertFalse(triggers.records)

    def test_the_mapped_status_is_set_when_the_store_sets_another(self):
        statuses = self.backend.status_mapping_ids.grouped("status_id")
        statuses[SHIPPED].export_event = False
        statuses[COMPLETED].export_event = "shipped"
        order = self.import_order([("MUG-1", 1)])
        self.deliver(order)
        self.export()
        self.assertEqual(self.status_in_store(order), COMPLETED)
        (call,) = self.sim.calls_to("PUT", r"/orders/\d+$")
        self.assertEqual(call.body, {"status_id": COMPLETED})

    def test_many_orders_need_few_calls_for_their_status(self):
        orders = [self.import_order([("MUG-1", 1)]) for _time in range(5)]
        for order in orders:
            self.deliver(order)
        before = len(self.sim.calls)
        self.export()
        self.assertEqual(len(self.posts()), 5)
        self.assertEqual(len(self.sim.calls) - before, 6)
