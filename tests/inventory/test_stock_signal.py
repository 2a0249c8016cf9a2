from datetime import timedelta

from odoo.tests import tagged

from ..common import BigCommerceCase

PUSH = "connector_bigcommerce.cron_push_inventory"


@tagged("post_install", "-at_install")
class TestStockSignal(BigCommerceCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        _remote_id, cls.mug = cls.add_product("Mug", "MUG-1", stock=10)
        cls.unlisted = cls.env["product.product"].create(
            {"name": "Not in the store", "is_storable": True}
        )

    def setUp(self):
        super().setUp()
        self.env.cr.flush()  # what setUpClass has noted is not of this test
        self.run_action("action_link_products")
        self.run_cron("cron_push_inventory")
        self.stock = self.env["stock.warehouse"].search([], limit=1).lot_stock_id

    def signals(self):
        self.env.cr.flush()
        return self.env["bigcommerce.stock.change"].search([])

    def change(self, product, quantity):
        self.env["stock.quant"]._update_available_quantity(
            product, self.stock, quantity
        )

    def test_a_change_of_stock_leaves_one_signal_and_wakes_the_push(self):
        with self.capture_triggers(PUSH) as triggers:
            for _time in range(3):
                self.change(self.mug, 1)
            self.assertEqual(self.signals().product_id, self.mug)
        self.assertEqual(len(self.signals()), 1)
        self.assertEqual(len(triggers.records), 1)

    def test_a_savepoint_makes_no_second_signal(self):
        self.change(self.mug, 1)
        with self.env.cr.savepoint():
            self.change(self.mug, 1)
        self.assertEqual(len(self.signals()), 1)

    def test_a_change_after_a_rolled_back_savepoint_is_not_lost(self):
        savepoint = self.env.cr.savepoint(flush=False)
        self.change(self.mug, 1)
        self.env.cr.flush()
        savepoint.close(rollback=True)
        self.env.invalidate_all()
        self.assertFalse(self.signals())
        self.change(self.mug, 1)
        self.assertEqual(len(self.signals()), 1)

    def test_signals_of_a_store_that_is_paused_do_not_pile_up(self):
        self.change(self.mug, -3)
        signals = self.signals()
        signals._gc_uncollected()
        self.assertTrue(signals.exists(), "a push may still collect them")
        self.env.cr.execute(
            "UPDATE bigcommerce_stock_change SET create_date = create_date - %s",
            [timedelta(days=2)],
        )
        self.env.invalidate_all()
        signals._gc_uncollected()
        self.assertFalse(signals.exists())
        self.run_cron("cron_push_inventory")
        self.assertEqual(self.shop.stock("MUG-1"), 7)

    def test_products_that_no_store_lists_leave_none(self):
        self.change(self.unlisted, 5)
        self.assertFalse(self.signals())

    def test_stores_without_inventory_sync_get_none(self):
        self.backend.sync_inventory = False
        self.change(self.mug, 5)
        self.assertFalse(self.signals())

    def test_a_reservation_counts(self):
        order = self.import_order([("MUG-1", 2)])
        self.run_cron("cron_push_inventory")
        self.assertFalse(self.signals())
        order.sale_order_ids.picking_ids.do_unreserve()
        self.assertEqual(self.signals().product_id, self.mug)

    def test_a_move_that_waits_for_stock_counts(self):
        customers = self.env.ref("stock.stock_location_customers")
        move = self.env["stock.move"].create(
            {
                "product_id": self.mug.id,
                "product_uom_qty": 500,
                "location_id": self.stock.id,
                "location_dest_id": customers.id,
            }
        )
        move._action_confirm()
        self.assertEqual(self.signals().product_id, self.mug)
        self.run_cron("cron_push_inventory")
        self.assertEqual(self.shop.stock("MUG-1"), 0)
        move._action_cancel()
        self.assertEqual(self.signals().product_id, self.mug)
        self.run_cron("cron_push_inventory")
        self.assertEqual(self.shop.stock("MUG-1"), 10)

    def test_the_push_deletes_the_signals_it_worked_off(self):
        self.change(self.mug, 3)
        self.assertTrue(self.signals())
        self.run_cron("cron_push_inventory")
        self.assertFalse(self.signals())
        self.assertEqual(self.shop.stock("MUG-1"), 13)
