from unittest.mock import patch

from psycopg2.errors import SerializationFailure

from odoo.tests import tagged

from ...const import AWAITING_PAYMENT, PARTIALLY_SHIPPED, SHIPPED
from ...simulator import Item
from .shipment_case import ShipmentCase


@tagged("post_install", "-at_install")
class TestStoreShipsFirst(ShipmentCase):
    """What staff ship in the store's control panel, before Odoo does."""

    def ship_in_store(self, remote_id, units, number=""):
        """Make a shipment in the store of some units of each line, by place."""
        lines = self.shop.order(remote_id)["products"]
        return self.shop.despatch.create(
            self.shop.raw_order(remote_id),
            {
                "order_address_id": lines[0]["order_address_id"],
                "items": [
                    {"order_product_id": line["id"], "quantity": quantity}
                    for line, quantity in zip(lines, units, strict=False)
                    if quantity
                ],
                "tracking_number": number,
            },
        )

    def shipment_reads(self):
        return self.sim.calls_to("GET", r"/shipments$")

    # before the order came in

    def part_shipped_order(self, lines, units):
        remote_id = self.shop.buy(lines)
        self.ship_in_store(remote_id, units)
        self.run_cron("cron_import_orders")
        return self.inbox(remote_id)

    def test_what_the_store_shipped_before_is_not_delivered_again(self):
        order = self.part_shipped_order([("MUG-1", 3), ("TSH-1", 1)], [2, 1])
        sale = order.sale_order_ids
        self.assertEqual(sale.state, "sale")
        self.assertEqual(sale.picking_ids.move_ids.mapped("product_uom_qty"), [1])
        self.assertEqual(sale.picking_ids.move_ids.product_id, self.mug)
        self.assertIn("2 × [MUG-1] Mug", sale.activity_ids.note)
        self.deliver(order)
        self.export()
        self.assertEqual(
            self.units_in_store(order), [{"MUG-1": 2, "TSH-1": 1}, {"MUG-1": 1}]
        )
        self.assertEqual(self.status_in_store(order), SHIPPED)
        delivered = [line.qty_delivered for line in sale.order_line[:2]]
        self.assertEqual(delivered, [3, 1])

    def test_an_equal_shipment_from_before_is_not_taken_for_this_one(self):
        order = self.part_shipped_order([("MUG-1", 2)], [1])
        picking = self.deliver(order)
        self.sim.faults.add("drop_before", method="POST", path=r"/shipments$")
        self.export()
        self.make_due()
        self.export()
        self.assertEqual(self.units_in_store(order), [{"MUG-1": 1}, {"MUG-1": 1}])
        self.assertEqual(
            self.shipments(picking).remote_id,
            self.shop.shipments(order.remote_id)[1]["id"],
        )

    def test_a_shipment_from_before_validates_no_delivery(self):
        self.backend.validate_store_shipments = True
        order = self.part_shipped_order([("MUG-1", 3)], [1])
        self.ship_in_store(order.remote_id, [2])
        self.run_cron("cron_import_orders")
        self.export()
        done = order.sale_order_ids.picking_ids
        self.assertEqual((done.state, done.move_ids.quantity), ("done", 2))
        self.assertFalse(self.posts())

    def test_the_rest_passes_each_step_of_the_warehouse(self):
        self.backend.warehouse_id = self.env["stock.warehouse"].search([], limit=1)
        self.backend.warehouse_id.delivery_steps = "pick_pack_ship"
        order = self.part_shipped_order([("MUG-1", 3)], [2])
        for _step in range(3):
            self.assertEqual(self.delivery(order).move_ids.product_uom_qty, 1)
            self.deliver(order)
        self.assertFalse(self.delivery(order))
        self.export()
        self.assertEqual(self.units_in_store(order), [{"MUG-1": 2}, {"MUG-1": 1}])

    def test_more_of_a_line_later_is_delivered_beside_the_rest(self):
        order = self.part_shipped_order([("MUG-1", 3)], [2])
        line = order.sale_order_ids.order_line.filtered("bigcommerce_line_id")
        line.product_uom_qty = 5
        self.assertEqual(sum(line.move_ids.mapped("product_uom_qty")), 3)

    def test_an_order_that_left_wholly_before_needs_nobody(self):
        shipped = self.backend.status_mapping_ids.filtered(
            lambda status: status.status_id == SHIPPED
        )
        shipped.import_action = "confirm"
        order = self.part_shipped_order([("MUG-1", 2)], [2])
        sale = order.sale_order_ids
        self.assertFalse(sale.picking_ids)
        self.assertFalse(sale.activity_ids)
        self.assertEqual(sale.order_line[0].qty_delivered, 2)

    # quotations

    def test_a_quotation_that_the_store_ships_is_confirmed_and_a_person_is_told(self):
        self.run_action("action_link_products")
        self.run_cron("cron_push_inventory")
        order = self.import_order([("MUG-1", 3)], status_id=AWAITING_PAYMENT)
        sale = order.sale_order_ids
        self.assertEqual(sale.state, "draft")
        self.shop.set_status(order.remote_id, SHIPPED)
        self.run_cron("cron_import_orders")
        self.assertEqual(sale.state, "sale")
        self.assertIn("quotation was confirmed", sale.activity_ids.note)

    def test_its_units_are_not_given_back_to_the_listing_meanwhile(self):
        self.run_action("action_link_products")
        order = self.import_order([("MUG-1", 3)], status_id=AWAITING_PAYMENT)
        self.run_cron("cron_push_inventory")
        self.assertEqual(self.shop.stock("MUG-1"), 97)
        self.ship_in_store(order.remote_id, [3])
        # the push fetches, and comes before the import
        self.run_cron("cron_push_inventory")
        self.assertEqual(order.sale_order_ids.state, "draft")
        self.assertEqual(self.shop.stock("MUG-1"), 97)
        self.run_cron("cron_import_orders")
        self.run_cron("cron_push_inventory")
        self.assertEqual(order.sale_order_ids.state, "sale")
        self.assertEqual(self.shop.stock("MUG-1"), 97)

    # deliveries that wait here

    def waiting_orders(self, count):
        """Return orders whose delivery waits and that the store ships by hand."""
        self.backend.validate_store_shipments = True
        orders = [self.import_order([("MUG-1", 2)]) for _order in range(count)]
        for order in orders:
            self.ship_in_store(order.remote_id, [2])
        self.run_cron("cron_import_orders")
        return orders

    def test_an_order_that_the_store_deleted_stops_no_other_and_no_export(self):
        gone, other = self.waiting_orders(2)
        mine = self.import_order([("TSH-1", 1)])
        self.deliver(mine)
        del self.shop.book.orders[gone.remote_id]
        self.export()
        self.assertEqual(self.units_in_store(mine), [{"TSH-1": 1}])
        self.assertEqual(other.sale_order_ids.picking_ids.state, "done")
        self.assertEqual(gone.sale_order_ids.picking_ids.state, "assigned")
        self.assertIn("404", gone.sale_order_ids.activity_ids.note)
        run = self.backend.sync_run_ids[0]
        self.assertEqual((run.state, run.failed), ("done", 1))

    def test_a_delivery_that_cannot_be_validated_is_told_and_stops_no_other(self):
        bad, other = self.waiting_orders(2)
        validate = type(bad)._validate_units

        def fail(order, *args):
            if order.id == bad.id:
                raise ZeroDivisionError("broken")
            return validate(order, *args)

        self.patch(type(bad), "_validate_units", fail)
        self.export()
        self.assertEqual(other.sale_order_ids.picking_ids.state, "done")
        self.assertEqual(bad.sale_order_ids.picking_ids.state, "assigned")
        self.assertIn("broken", bad.sale_order_ids.activity_ids.note)

    def test_a_transaction_that_was_quicker_has_the_run_repeated(self):
        (order,) = self.waiting_orders(1)
        with patch.object(
            type(order), "_validate_units", side_effect=SerializationFailure
        ):
            self.export()
        self.assertEqual(self.backend.sync_run_ids[0].state, "postponed")
        self.assertFalse(order.sale_order_ids.activity_ids)
        self.export()
        self.assertEqual(order.sale_order_ids.picking_ids.state, "done")

    def test_what_fits_no_delivery_is_read_once(self):
        order = self.import_order([("MUG-1", 3)])
        self.backend.validate_store_shipments = True
        picking = self.delivery(order)
        picking.move_ids.product_uom_qty = 1
        picking.action_assign()
        self.ship_in_store(order.remote_id, [2])
        self.run_cron("cron_import_orders")
        for _run in range(3):
            self.export()
        self.assertEqual(len(self.shipment_reads()), 1)
        self.ship_in_store(order.remote_id, [1])
        self.run_cron("cron_import_orders")
        self.export()
        self.assertEqual(len(self.shipment_reads()), 2)
        self.assertEqual(picking.state, "done")

    # one part is cancelled here

    def test_with_one_parcel_cancelled_here_the_rest_still_follows(self):
        order = self.import_order(
            [Item("MUG-1", 2), Item("TSH-1", 1, place=1)],
            addresses=[{"city": "Austin"}, {"city": "Bend"}],
        )
        kept, cancelled = order.sale_order_ids.sorted("bigcommerce_address_id")
        cancelled._action_cancel()
        line_id = self.shop.order(order.remote_id)["products"][0]["id"]
        self.shop.edit_lines(order.remote_id, {line_id: 3})
        self.run_cron("cron_import_orders")
        self.assertFalse(order.error)
        self.assertEqual(kept.picking_ids.move_ids.product_uom_qty, 3)
        self.assertEqual(cancelled.state, "cancel")
        self.assertEqual(len(order.sale_order_ids), 2)
        self.deliver(order)
        self.export()
        self.assertEqual(self.units_in_store_of(order), [3])
        self.assertEqual(self.status_in_store(order), SHIPPED)

    def units_in_store_of(self, order):
        return [
            item["quantity"]
            for row in self.shop.shipments(order.remote_id)
            for item in row["items"]
        ]

    def test_a_carrier_with_a_real_cost_adds_no_second_delivery_line(self):
        self.carrier.invoice_policy = "real"
        for cost in ("5.00", "0.00"):
            with self.subTest(shipping=cost):
                order = self.import_order([("MUG-1", 1)], shipping_cost=cost)
                sale = order.sale_order_ids
                lines, total = len(sale.order_line), sale.amount_total
                picking = self.delivery(order)
                picking.carrier_id = self.carrier
                self.deliver(order)
                picking.carrier_price = 12.5
                picking._add_delivery_cost_to_so()
                self.assertEqual(
                    (len(sale.order_line), sale.amount_total), (lines, total)
                )

    # all that was sold

    def test_an_order_that_is_partly_picked_in_three_steps_is_not_shipped(self):
        self.backend.warehouse_id = self.env["stock.warehouse"].search([], limit=1)
        self.backend.warehouse_id.delivery_steps = "pick_pack_ship"
        order = self.import_order([("MUG-1", 3)])
        step = self.deliver(order, {"MUG-1": 1})
        for _step in range(2):
            step = step.move_ids.move_dest_ids.picking_id
            step.move_ids.quantity = 1
            step.move_ids.picked = True
            self.validate(step)
        self.export()
        self.assertEqual(self.units_in_store(order), [{"MUG-1": 1}])
        self.assertEqual(self.status_in_store(order), PARTIALLY_SHIPPED)

    def test_goods_that_came_back_leave_the_order_shipped(self):
        order = self.import_order([("MUG-1", 1), ("TSH-1", 1)])
        first = self.deliver(order, {"MUG-1": 1})
        self.export()
        self.send_back(first)
        self.deliver(order)
        self.shop.moves_status = False
        self.export()
        self.assertEqual(self.status_in_store(order), SHIPPED)
