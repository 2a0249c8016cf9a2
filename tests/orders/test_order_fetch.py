from datetime import datetime, timedelta, timezone

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import new_test_user, tagged

from ..common import BigCommerceCase

FEBRUARY = datetime(2026, 2, 1)


@tagged("post_install", "-at_install")
class TestOrderFetch(BigCommerceCase):
    def test_a_new_store_starts_now(self):
        """History comes by Fetch Orders or by setting the date, never by itself."""
        before = fields.Datetime.now()
        store = self.env["bigcommerce.backend"].create({"name": "New"})
        self.assertGreaterEqual(store.last_order_sync, before.replace(microsecond=0))

    """Orders that a person asks for, and how far a fetch has come."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.add_product("Mug", "MUG", stock=900)

    def bought(self, moment):
        self.shop.now = lambda: moment.replace(tzinfo=timezone.utc)
        return self.shop.buy([("MUG", 1)])

    def fetch(self, user=None, **values):
        """Fill in the wizard and press Fetch; return its answer."""
        with self.committing() as env:
            env = env(user=user.id) if user else env
            wizard = env["bigcommerce.order.fetch"].create(
                {"backend_id": self.backend.id, **values}
            )
            return wizard.action_fetch()

    def assert_refused(self, words, **values):
        with self.assertRaises(UserError) as caught:
            self.fetch(**values)
        self.assertIn(words, str(caught.exception))

    def test_orders_are_fetched_by_number(self):
        self.backend.last_order_sync = datetime(2026, 6, 1)
        first, second, third = (self.bought(FEBRUARY) for _order in range(3))
        action = self.fetch(numbers=f"{third}, {first}-{second}")
        orders = self.env["bigcommerce.order"].search(action["domain"])
        self.assertEqual(set(orders.mapped("remote_id")), {first, second, third})
        self.assertEqual(set(orders.mapped("state")), {"imported"})

    def test_a_number_that_the_store_does_not_know_is_named(self):
        known = self.bought(FEBRUARY)
        answer = self.fetch(numbers=f"{known} 4711")
        self.assertIn("4711", answer["params"]["message"])
        self.assertEqual(self.inbox(known).state, "imported")
        self.assert_refused("none of these", numbers="4711")

    def test_numbers_that_cannot_be_read_are_refused(self):
        self.assert_refused("“ten”", numbers="ten")
        self.assert_refused("“”", numbers=" ")
        self.assert_refused("by their date", numbers="1-2000000000")

    def test_an_order_that_is_here_already_is_not_imported_twice(self):
        remote_id = self.bought(FEBRUARY)
        for _again in range(2):
            self.fetch(numbers=str(remote_id))
        self.assertEqual(len(self.inbox(remote_id).sale_order_ids), 1)

    def test_the_mapping_decides_about_them_as_about_any_other(self):
        remote_id = self.bought(FEBRUARY)
        self.shop.set_status(remote_id, 2)
        self.fetch(numbers=str(remote_id))
        self.assertEqual(self.inbox(remote_id).state, "ignored")

    def test_the_orders_of_a_period_are_fetched_back(self):
        self.backend.last_order_sync = datetime(2026, 6, 1)
        days = (FEBRUARY + timedelta(days=days) for days in (-1, 1, 2, 40))
        before, first, last, after = (self.bought(day) for day in days)
        self.fetch(
            by="period",
            date_from=FEBRUARY,
            date_to=FEBRUARY + timedelta(days=28),
        )
        self.assertFalse(self.inbox(before) | self.inbox(after))
        self.assertEqual(self.inbox(first).state, "imported")
        self.assertEqual(self.inbox(last).state, "imported")
        self.assertFalse(self.backend.fetch_back_from)

    def test_a_period_that_takes_long_goes_on_with_the_next_run(self):
        self.backend.last_order_sync = datetime(2026, 6, 1)
        ids = [self.bought(FEBRUARY) for _order in range(120)]
        self.backend.write({"fetch_back_from": FEBRUARY, "fetch_back_last_id": ids[99]})
        self.assert_refused("already", by="period", date_from=FEBRUARY)
        self.run_cron("cron_import_orders")
        fetched = [remote_id for remote_id in ids if self.inbox(remote_id)]
        self.assertEqual(fetched, ids[100:], "what was there before is not read again")

    def test_a_period_must_begin_before_it_ends(self):
        self.assert_refused(
            "before it begins",
            by="period",
            date_from=FEBRUARY,
            date_to=FEBRUARY - timedelta(days=1),
        )

    def test_a_user_of_the_connector_may_fetch_and_others_may_not(self):
        remote_id = self.bought(FEBRUARY)
        user = new_test_user(
            self.env, "daily", groups="connector_bigcommerce.group_user"
        )
        self.fetch(user, numbers=str(remote_id))
        self.assertEqual(self.inbox(remote_id).state, "imported")
        other = new_test_user(self.env, "other", groups="base.group_user")
        with self.assertRaises(UserError):
            self.fetch(other, numbers=str(remote_id))

    def test_the_watermark_goes_by_the_slower_clock(self):
        behind = fields.Datetime.now() - timedelta(hours=3)
        self.bought(behind)
        self.run_cron("cron_import_orders")
        self.assertAlmostEqual(
            self.backend.last_order_sync, behind, delta=timedelta(minutes=1)
        )

    def test_a_payload_that_was_emptied_is_asked_for_again(self):
        order = self.import_order([("MUG", 1)], status_id=2)
        self.assertEqual(order.state, "ignored")
        order.payload = False
        self.backend.status_mapping_ids.import_action = "confirm"
        order.action_retry()
        self.assertIn("Fetch Again", order.error)
        self.run_action("action_refetch", order)
        self.assertEqual((order.state, order.error), ("imported", False))
