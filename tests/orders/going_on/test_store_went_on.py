from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from ....simulator import Item
from ...common import BigCommerceCase

EBOOK = Item(name="E-book", price="5.00", quantity=1, type="digital")


@tagged("post_install", "-at_install")
class TestStoreWentOn(BigCommerceCase):
    """Orders that the store was done with before they came in are not lost silently."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.add_product("Mug", "MUG", stock=100)
        cls.backend.fallback_product_id = cls.env["product.product"].create(
            {"name": "Anything", "type": "service"}
        )

    def download(self, **fields):
        remote_id = self.shop.buy([EBOOK], status_id=10)
        self.shop.edit_order(remote_id, **fields)
        self.run_cron("cron_import_orders")
        return self.inbox(remote_id)

    def test_a_download_that_was_paid_comes_in(self):
        order = self.download(payment_status="captured")
        sale = order.sale_order_ids
        self.assertEqual((order.state, sale.state), ("imported", "sale"))
        self.assertEqual(sale.amount_total, order.amount_total)
        self.assertFalse(sale.picking_ids)

    def test_a_download_that_was_not_paid_is_told(self):
        order = self.download(payment_status="")
        self.assertEqual(order.state, "ignored")
        self.assertIn("Completed before it came in", order.error)

    def test_goods_that_were_shipped_by_hand_are_told(self):
        order = self.import_order([("MUG", 1)], status_id=2)
        self.assertEqual(order.state, "ignored")
        self.assertIn("Shipped before it came in", order.error)
        self.run_cron("cron_import_orders")
        self.assertTrue(order.error, "until a person decides")

    def test_a_person_may_import_it_all_the_same(self):
        order = self.import_order([("MUG", 1)], status_id=2)
        self.run_action("action_import_anyway", order)
        self.assertEqual((order.state, order.error), ("imported", False))
        self.assertEqual(order.sale_order_ids.state, "sale")

    def test_a_person_may_leave_it_out(self):
        order = self.import_order([("MUG", 1)], status_id=2)
        order.action_leave_out()
        self.shop.edit_order(order.remote_id, staff_notes="later")
        self.run_cron("cron_import_orders")
        self.assertEqual((order.state, order.error), ("ignored", False))

    def test_what_was_placed_before_the_store_was_known_here_is_history(self):
        self.shop.now = lambda: fields.Datetime.now() - timedelta(days=30)
        order = self.import_order([("MUG", 1)], status_id=2)
        self.assertEqual((order.state, order.error), ("ignored", False))

    def test_other_statuses_that_are_not_imported_are_as_before(self):
        order = self.import_order([("MUG", 1)], status_id=5)
        self.assertEqual((order.state, order.error), ("ignored", False))

    def test_an_order_that_came_in_in_time_is_no_matter(self):
        order = self.import_order([("MUG", 1)])
        self.shop.set_status(order.remote_id, 2)
        self.run_cron("cron_import_orders")
        self.assertEqual((order.state, order.error), ("imported", False))


@tagged("post_install", "-at_install")
class TestAnotherDate(BigCommerceCase):
    """Moving *Last Order Sync Date* back reads the whole of that period."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.add_product("Mug", "MUG", stock=1000)

    def test_also_while_a_fetch_is_unfinished(self):
        old = self.shop.buy([("MUG", 1)])
        self.backend.write(
            {"order_fetch_start": fields.Datetime.now(), "order_fetch_last_id": old}
        )
        self.backend.last_order_sync = False
        self.run_cron("cron_import_orders")
        self.assertEqual(self.inbox(old).state, "imported")

    def test_also_while_the_store_answers(self):
        wanted = fields.Datetime.now() - timedelta(days=9)
        wanted = wanted.replace(microsecond=0)
        self.shop.buy([("MUG", 1)])
        self.backend.last_order_sync = fields.Datetime.now() - timedelta(days=1)

        def move_back(asked, answered):
            if asked["path"] == "/v2/orders":
                self.backend.last_order_sync = wanted

        self.sim.observers.append(move_back)
        self.addCleanup(self.sim.observers.remove, move_back)
        self.run_cron("cron_import_orders")
        self.assertEqual(self.backend.last_order_sync, wanted)
        self.assertFalse(self.backend.order_fetch_start)
