from odoo.tests import tagged

from ..common import BigCommerceCase


@tagged("post_install", "-at_install")
class TestOrderStatus(BigCommerceCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.add_product("Mug", "MUG-1", stock=100)

    def test_statuses_decide_what_becomes_of_an_order(self):
        for status_id, state, sale_state in (
            (11, "imported", ["sale"]),
            (9, "imported", ["sale"]),
            (7, "imported", ["draft"]),
            (12, "held", []),
            (0, "ignored", []),
            (2, "ignored", []),
            (5, "ignored", []),
        ):
            with self.subTest(status=status_id):
                order = self.import_order([("MUG-1", 1)], status_id=status_id)
                self.assertEqual(order.state, state)
                self.assertEqual(order.sale_order_ids.mapped("state"), sale_state)

    def test_a_status_that_nobody_mapped_holds_the_order(self):
        self.backend.status_mapping_ids.filtered(lambda s: s.status_id == 11).unlink()
        order = self.import_order([("MUG-1", 1)])
        self.assertEqual(order.state, "held")
        self.assertIn("not mapped", order.error)

    def test_an_ignored_order_comes_in_when_its_status_changes(self):
        order = self.import_order([("MUG-1", 1)], status_id=1)
        self.assertEqual(order.state, "ignored")
        self.shop.set_status(order.remote_id, 11)
        self.run_cron("cron_import_orders")
        self.assertEqual(order.state, "imported")
        self.assertEqual(order.sale_order_ids.state, "sale")

    def test_a_quotation_is_confirmed_when_it_is_paid(self):
        order = self.import_order([("MUG-1", 1)], status_id=7)
        self.assertTrue(order.holds_stock)
        self.shop.set_status(order.remote_id, 11)
        self.run_cron("cron_import_orders")
        self.assertEqual(order.sale_order_ids.state, "sale")
        self.assertFalse(order.holds_stock)

    def test_a_cancelled_order_cancels_its_sale_order_where_so_mapped(self):
        cancelled = self.backend.status_mapping_ids.filtered(
            lambda status: status.status_id == 5
        )
        cancelled.update_action = "cancel"
        order = self.import_order([("MUG-1", 1)])
        self.shop.set_status(order.remote_id, 5)
        self.run_cron("cron_import_orders")
        self.assertEqual(order.sale_order_ids.state, "cancel")


@tagged("post_install", "-at_install")
class TestStatusInTheStore(BigCommerceCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.add_product("Mug", "MUG-1", stock=100)

    def map_event(self, event, status_id):
        self.backend.status_mapping_ids.filtered(
            lambda status: status.status_id == status_id
        ).export_event = event

    def writes(self):
        return [call.body for call in self.sim.calls_to("PUT", r"/v2/orders/\d+$")]

    def test_a_cancelled_sale_order_cancels_the_order_where_so_mapped(self):
        self.map_event("cancelled", 5)
        order = self.import_order([("MUG-1", 1)])
        order.sale_order_ids._action_cancel()
        self.run_cron("cron_import_orders")
        self.assertEqual(self.writes(), [{"status_id": 5}])
        self.assertEqual(self.shop.order(order.remote_id)["status_id"], 5)
        self.run_cron("cron_import_orders")
        self.assertEqual(len(self.writes()), 1)

    def test_a_confirmed_order_gets_the_mapped_status(self):
        self.map_event("confirmed", 9)
        order = self.import_order([("MUG-1", 1)])
        self.assertEqual(self.writes(), [{"status_id": 9}])
        self.assertEqual(self.shop.order(order.remote_id)["status_id"], 9)

    def test_without_a_mapping_the_store_is_left_alone(self):
        order = self.import_order([("MUG-1", 1)])
        order.sale_order_ids._action_cancel()
        self.run_cron("cron_import_orders")
        self.assertFalse(self.writes())

    def test_what_the_store_cancelled_is_not_told_back(self):
        self.map_event("cancelled", 5)
        cancelled = self.backend.status_mapping_ids._filter_set_by("cancelled")
        cancelled.update_action = "cancel"
        order = self.import_order([("MUG-1", 1)])
        self.shop.set_status(order.remote_id, 5)
        self.run_cron("cron_import_orders")
        self.assertEqual(order.sale_order_ids.state, "cancel")
        self.assertFalse(self.writes())

    def test_after_delivery_nothing_is_undone_and_one_activity_tells(self):
        self.backend.status_mapping_ids.filtered(
            lambda status: status.status_id == 5
        ).update_action = "cancel"
        order = self.import_order([("MUG-1", 1)])
        picking = order.sale_order_ids.picking_ids
        picking.move_ids.picked = True
        picking.button_validate()
        for notes in ("first", "second"):
            self.shop.set_status(order.remote_id, 5)
            self.shop.edit_order(order.remote_id, staff_notes=notes)
            self.run_cron("cron_import_orders")
        self.assertEqual(order.sale_order_ids.state, "sale")
        self.assertEqual(len(order.sale_order_ids.activity_ids), 1)
