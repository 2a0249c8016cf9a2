from datetime import timedelta
from unittest.mock import patch

import pytz

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from ...models.proof import prove_orders
from ...models.sync.bigcommerce_sync_run import BigcommerceSyncRun
from .proof_case import ProofCase

ORDERS = r"/v2/orders$"
TODO = "mail.mail_activity_data_todo"


@tagged("post_install", "-at_install")
class TestProofRun(ProofCase):
    """Which days are compared when, and that nothing is lost on the way."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.real_clock = staticmethod(cls.shop.now)

    def sold_ago(self, **span):
        """Let a shopper buy in the past, import, and return the inbox row."""
        moment = self.real_clock() - timedelta(**span)
        self.shop.now = lambda: moment
        self.backend.last_order_sync = False
        order = self.sold()
        self.shop.now = self.real_clock
        return order

    def let_days_pass(self, order, *records):
        """Let records and the last proof be older than what was just compared."""
        self.env.flush_all()
        old = fields.Datetime.now() - timedelta(days=2)
        sale = order.sale_order_ids
        for record in (order, sale, sale.picking_ids, sale.invoice_ids, *records):
            self.env.cr.execute(
                f"UPDATE {record._table} SET write_date = %s WHERE id IN %s",
                [old, record._ids or (0,)],
            )
        self.env.invalidate_all()
        self.backend.proved_at = fields.Datetime.now()
        self.proofs().compared_at = old

    def days(self):
        return sorted(set(self.proofs().mapped("date")))

    def compared_since(self, moment):
        return self.proofs().filtered(lambda proof: proof.compared_at >= moment)

    # which days

    def test_every_night_by_the_scheduled_action(self):
        self.sold()
        self.run_cron("cron_prove")
        self.assertEqual(self.proofs().state, "equal")
        run = self.backend.sync_run_ids.filtered(lambda run: run.kind == "prove")
        self.assertEqual((run.state, run.done), ("done", 1))
        self.assertIn("Days compared: 1 equal, 0 different", run.message)

    def test_an_order_is_of_the_day_on_which_the_store_took_it(self):
        order = self.sold()
        self.backend.store_timezone = "Pacific/Kiritimati"
        self.prove()
        ahead = order.date_created + timedelta(hours=14)
        self.assertEqual(self.proofs().date, ahead.date())

    def test_only_the_days_whose_orders_changed(self):
        old, older = self.sold_ago(days=5), self.sold_ago(days=9)
        self.prove()
        self.assertEqual(len(self.days()), 2)
        for order in (old, older):
            self.let_days_pass(order)
        self.sim.calls.clear()
        now = fields.Datetime.now()
        self.prove()
        self.assertFalse(self.compared_since(now))
        self.deliver(old)
        self.assertEqual(self.prove()[0].state, "different")
        self.assertEqual(self.compared_since(now).line_ids.order_id, old)

    def test_documents_tell_that_a_day_changed(self):
        order = self.sold_ago(days=5)
        self.prove()
        sale = order.sale_order_ids
        for change in (
            lambda: self.shop.refund(order.remote_id, "3.00") and self.import_changes(),
            lambda: order.refund_ids.move_id.button_cancel(),
            lambda: self.deliver(order),
            lambda: self.export(),
            lambda: sale.invoice_ids.filtered(
                lambda move: move.move_type == "out_invoice"
            )._reverse_moves([{}]),
        ):
            self.let_days_pass(order, order.refund_ids, order.shipment_ids)
            now = fields.Datetime.now()
            change()
            self.prove()
            self.assertTrue(self.compared_since(now))

    def test_a_person_may_want_a_day_again(self):
        order = self.sold_ago(days=5)
        proof = self.prove()
        self.let_days_pass(order)
        self.shop.set_status(order.remote_id, 5)
        self.assertEqual(self.prove().state, "equal")
        answer = self.run_action("action_prove_again", proof)
        self.assertEqual(proof.state, "different")
        self.assertIn("1 different", answer["params"]["message"])

    def test_a_store_that_ignores_the_dates_is_read_all_the_same(self):
        order = self.sold_ago(days=5)
        self.sold_ago(days=40)
        with patch.object(prove_orders.OrdersInStore, "list_filter", lambda *args: {}):
            self.prove()
        zone = pytz.timezone(self.backend.store_timezone)
        day = pytz.utc.localize(order.date_created).astimezone(zone).date()
        proof = self.proofs().filtered(lambda proof: proof.date == day)
        self.assertEqual((proof.orders_store, proof.state), (1, "equal"))

    # what it costs, and when it is cut off

    def test_a_thousand_orders_take_five_calls_and_one_for_a_hundred_refunds(self):
        order = self.sold()
        for _number in range(999):
            self.shop.buy([("MUG-1", 1)], status_id=0)
        self.sim.calls.clear()
        self.prove()
        self.assertEqual(len(self.lists()), 5)
        self.assertEqual(len(self.sim.calls), 5)
        self.assertEqual({call.query["limit"] for call in self.lists()}, {"250"})
        proof = self.proofs()
        self.assertEqual((proof.orders_store, proof.left_out_count), (1, 999))
        self.shop.refund(order.remote_id, "1.00")
        self.sim.calls.clear()
        self.prove()
        self.assertEqual(len(self.sim.calls), 6)

    def lists(self):
        return self.sim.calls_to("GET", ORDERS)

    def test_more_orders_take_no_more_queries(self):
        orders = self.env["bigcommerce.order"]
        for _number in range(9):
            order = self.sold(2)
            self.deliver(order, {"MUG-1": 1})
            orders += order
        few, many = (self.count_queries(orders[:n]) for n in (3, 9))
        self.assertLessEqual(many, few)

    def count_queries(self, orders):
        """Return how many queries it takes to read what is here of some orders."""
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        odoo = prove_orders.OrdersInOdoo(orders)
        for order in orders:
            odoo.describe(order)
        return self.env.cr.sql_log_count - before

    def test_it_goes_on_where_its_time_was_over(self):
        orders = [self.sold() for _number in range(5)]
        self.shop.refund(orders[0].remote_id, "4.00")
        self.shop.set_status(orders[3].remote_id, 5)
        runs = self.cut_off_after_each_commit()
        self.assertGreater(runs, 3)
        self.assertFalse(self.backend.proof_cursor)
        proof = self.proofs()
        self.assertEqual((proof.orders_store, proof.orders_odoo), (4, 5))
        self.assertEqual(proof.amount_store, 120.0)
        self.assertEqual(proof.refunded_store, 4.0)
        self.assertEqual(
            self.found(),
            {
                orders[0].remote_id: ["refund_uncredited"],
                orders[3].remote_id: ["cancelled_store"],
            },
        )

    def cut_off_after_each_commit(self):
        """Let runs of two orders a page end after each batch; return how many."""
        commit = BigcommerceSyncRun._commit
        runs = 0
        with (
            patch.object(prove_orders, "V2_PAGE", 2),
            patch.object(
                BigcommerceSyncRun,
                "_commit",
                lambda run, *args: commit(run, *args) and 0,
            ),
        ):
            while runs == 0 or self.backend.proof_cursor:
                self.run_action("action_prove")
                runs += 1
        return runs

    def test_a_store_that_is_away_is_asked_again_from_there(self):
        self.sold()
        self.sim.faults.add("server_error", path=ORDERS, times=99, status=503)
        self.run_cron("cron_prove")
        self.assertFalse(self.proofs())
        self.assertTrue(self.backend.proof_cursor)
        self.sim.faults.clear()
        self.assertEqual(self.prove().state, "equal")

    def test_refunds_that_may_not_be_read_are_told(self):
        order = self.sold()
        self.shop.refund(order.remote_id, "10.00")
        self.sim.faults.add("server_error", path=r"/refunds$", times=9, status=403)
        self.prove()
        self.assertEqual(self.found(), {})
        run = self.backend.sync_run_ids.filtered(lambda run: run.kind == "prove")
        self.assertIn("Refunds were not compared", run.message)

    def test_a_legacy_account_proves_all_but_refunds(self):
        order = self.sold()
        self.shop.refund(order.remote_id, "10.00")
        self.backend.write({"auth_method": "legacy", "username": "me"})
        self.backend.access_token = self.sim.token
        self.backend.action_test_connection()
        self.sim.calls.clear()
        self.assertEqual(self.prove().state, "equal")
        self.assertFalse(self.sim.calls_to("GET", "/refunds"))
        run = self.backend.sync_run_ids.filtered(lambda run: run.kind == "prove")
        self.assertIn("Legacy accounts cannot read refunds", run.message)

    def test_an_invoice_of_several_orders_is_shared_out(self):
        self.payment.invoicing = "none"
        orders = [self.sold(), self.sold()]
        sales = orders[0].sale_order_ids + orders[1].sale_order_ids
        sales.partner_id = sales.partner_invoice_id = sales[0].partner_id
        invoice = sales._create_invoices()
        self.assertEqual(len(invoice), 1)
        invoice.action_post()
        invoice._reverse_moves([{}])
        for order in orders:
            self.shop.refund(order.remote_id, "30.00")
            self.deliver(order)
        self.export()
        self.assertEqual(self.prove().state, "equal", self.found())
        self.assertEqual(self.proofs().refunded_odoo, 60.0)

    def test_what_cannot_be_read_is_told_and_stops_no_other(self):
        bad, good = self.sold(), self.sold()
        self.shop.raw_order(bad.remote_id)["total_tax"] = "much"
        self.shop.set_status(good.remote_id, 5)
        self.prove()
        self.assertEqual(self.found(), {good.remote_id: ["cancelled_store"]})
        run = self.backend.sync_run_ids.filtered(lambda run: run.kind == "prove")
        self.assertIn(f"total_tax of order {bad.remote_id}", run.message)

    # who is told

    def test_a_day_that_is_over_asks_a_person_once(self):
        keeper = new_test_user(
            self.env, "keeper", groups="connector_bigcommerce.group_user"
        )
        self.backend.user_id = keeper
        order, other = self.sold_ago(days=3), self.sold_ago(days=3)
        self.shop.set_status(order.remote_id, 5)
        proof = self.prove()
        activity = proof.activity_search([TODO])
        self.assertEqual(activity.user_id, keeper)
        self.assertIn(f"#{order.remote_id}", activity.note)
        self.prove()
        self.assertEqual(proof.activity_search([TODO]), activity)
        # done, and still different: known; a second difference is news
        activity.action_done()
        self.prove()
        self.assertFalse(proof.activity_search([TODO]))
        self.shop.set_status(other.remote_id, 5)
        self.prove()
        self.assertIn(f"#{other.remote_id}", proof.activity_search([TODO]).note)

    def test_today_is_not_over(self):
        order = self.sold()
        self.shop.set_status(order.remote_id, 5)
        self.assertFalse(self.prove().activity_search([TODO]))

    def test_a_day_that_became_equal_asks_nobody_any_more(self):
        order = self.sold_ago(days=3)
        self.deliver(order)
        proof = self.prove()
        self.assertTrue(proof.activity_search([TODO]))
        self.export()
        self.prove()
        self.assertEqual(proof.state, "equal")
        self.assertFalse(proof.activity_search([TODO]))

    # who sees it

    def test_the_books_of_another_company_are_not_shown(self):
        self.sold()
        proof = self.prove()
        company = self.env["res.company"].create({"name": "Elsewhere"})
        stranger = new_test_user(
            self.env,
            "stranger",
            groups="connector_bigcommerce.group_manager",
            company_id=company.id,
            company_ids=[(6, 0, company.ids)],
        )
        proofs = self.env["bigcommerce.proof"].with_user(stranger)
        self.assertFalse(proofs.search([]))
        with self.assertRaises(AccessError):
            proof.with_user(stranger).action_prove_again()

    def test_it_is_printed(self):
        order = self.sold()
        self.shop.set_status(order.remote_id, 5)
        proof = self.prove()
        report = "connector_bigcommerce.action_report_bigcommerce_proof"
        page, _kind = self.env["ir.actions.report"]._render_qweb_html(report, proof.ids)
        text = page.decode()
        for words in (f"#{order.remote_id}", "Cancelled there and not here", "Shop"):
            self.assertIn(words, text)
