from datetime import timedelta

from odoo import fields
from odoo.tests import Form, new_test_user, tagged

from ...common import BigCommerceCase

OVERDUE = "connector_bigcommerce.activity_order_waits"


@tagged("post_install", "-at_install")
class TestOverdue(BigCommerceCase):
    """An order that waits for long is brought before a person, once."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.salesman = new_test_user(
            cls.env, "sally", groups="connector_bigcommerce.group_user"
        )
        cls.backend.write({"user_id": cls.salesman.id, "overdue_hours": 4})
        cls.shop.add_product(name="Mug", sku="MUG-1", price="10.00", stock=5)

    def held(self, hours):
        """Return an order that has been held for some hours: its product is unknown."""
        self.backend.unknown_product_policy = "hold"
        order = self.import_order([("MUG-1", 1)])
        self.assertEqual(order.state, "held")
        self.env.cr.execute(
            "UPDATE bigcommerce_order SET create_date = %s WHERE id = %s",
            (fields.Datetime.now() - timedelta(hours=hours), order.id),
        )
        order.invalidate_recordset()
        return order

    def activities(self, order):
        return order.activity_search([OVERDUE])

    def test_it_raises_one_activity_with_the_reason(self):
        order = self.held(hours=5)
        for _hour in range(2):
            self.run_cron("cron_tell_overdue")
        activity = self.activities(order)
        self.assertEqual(len(activity), 1)
        self.assertEqual(activity.user_id, self.salesman)
        self.assertIn("MUG-1", activity.note)

    def test_within_the_limit_nobody_is_told(self):
        order = self.held(hours=3)
        self.run_cron("cron_tell_overdue")
        self.assertFalse(self.activities(order))

    def test_without_a_limit_nobody_is_told(self):
        self.backend.overdue_hours = 0
        order = self.held(hours=500)
        self.run_cron("cron_tell_overdue")
        self.assertFalse(self.activities(order))

    def test_the_activity_is_done_when_the_order_comes_in(self):
        order = self.held(hours=5)
        self.run_cron("cron_tell_overdue")
        self.env["product.product"].create(
            {"name": "Mug", "default_code": "MUG-1", "is_storable": True}
        )
        order.with_user(self.salesman).action_retry()
        self.assertEqual(order.state, "imported", order.error)
        self.assertFalse(self.activities(order))

    def test_who_works_with_orders_may_note_and_plan_something(self):
        order = self.held(hours=1).with_user(self.salesman)
        order.message_post(body=order.customer_name)
        order.activity_schedule("mail.mail_activity_data_todo", user_id=self.env.uid)
        self.assertEqual(len(order.activity_ids), 1)
        self.assertEqual(
            len(order.message_ids), 1, "and the inbox notes nothing itself"
        )

    def test_an_activity_is_planned_from_the_list_of_exceptions(self):
        """On the order, or on the store where the record takes none; as a user."""
        order = self.held(hours=1)
        self.backend.state = "paused"
        self.env.flush_all()
        rows = self.env["bigcommerce.exception"].with_user(self.salesman).search([])
        self.assertEqual(set(rows.mapped("kind")), {"order", "store"})
        for row in rows:
            action = row.action_plan()
            wizard = Form(
                self.env[action["res_model"]]
                .with_user(self.salesman)
                .with_context(**action["context"])
            ).save()
            wizard.action_schedule_activities()
            target = order if row.kind == "order" else self.backend
            self.assertEqual(target.activity_ids.summary, row.name)


@tagged("post_install", "-at_install")
class TestDigest(BigCommerceCase):
    """One mail a day, for those who want it, when there is anything."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.reader = new_test_user(
            cls.env,
            "rita",
            email="rita@example.com",
            groups="connector_bigcommerce.group_user",
        )
        cls.backend.digest_user_ids = cls.reader
        cls.shop.add_product(name="Mug", sku="MUG-1", price="10.00", stock=5)
        cls.backend.unknown_product_policy = "hold"

    def mails(self):
        return self.env["mail.mail"].search(
            [("recipient_ids", "=", self.reader.partner_id.id)]
        )

    def test_what_waits_is_told_with_its_reason_and_what_to_do(self):
        order = self.import_order([("MUG-1", 1)])
        self.run_cron("cron_send_digests")
        mail = self.mails()
        self.assertEqual(len(mail), 1)
        self.assertIn("1 exceptions in Shop", mail.subject)
        row = self.env["bigcommerce.exception"].search([("res_id", "=", order.id)])
        for text in (str(order.remote_id), "MUG-1", row.hint, "bigcommerce-exceptions"):
            self.assertIn(text, mail.body_html)

    def test_nothing_is_sent_when_nothing_waits(self):
        self.run_cron("cron_send_digests")
        self.assertFalse(self.mails())

    def test_texts_of_a_store_are_no_html(self):
        order = self.import_order([("MUG-1", 1)])
        order.error = "<script>alert(1)</script>"
        self.run_cron("cron_send_digests")
        self.assertNotIn("<script>", self.mails().body_html)

    def test_another_companys_exceptions_are_not_told(self):
        self.import_order([("MUG-1", 1)])
        company = self.env["res.company"].create({"name": "Second"})
        stranger = new_test_user(
            self.env,
            "sid",
            email="sid@example.com",
            company_id=company.id,
            company_ids=company.ids,
            groups="connector_bigcommerce.group_user",
        )
        self.backend.digest_user_ids = stranger
        self.run_cron("cron_send_digests")
        mails = self.env["mail.mail"].search(
            [("recipient_ids", "=", stranger.partner_id.id)]
        )
        self.assertFalse(mails)
