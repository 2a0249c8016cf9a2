from odoo.tests import new_test_user, tagged

from ..common import BigCommerceCase


@tagged("post_install", "-at_install")
class TestOrderStory(BigCommerceCase):
    """An order's form tells what the store sent, and what became of it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        _remote_id, cls.mug = cls.add_product("Mug", "MUG-1", stock=100)
        cls.order = cls.env["bigcommerce.order"]

    def test_the_stores_lines_stand_beside_the_sale_orders(self):
        order = self.import_order([("MUG-1", 2)], shipping={"city": "Bend"})
        contents = order.contents
        for text in ("MUG-1", "Bend", "Flat Rate", self.mug.display_name):
            self.assertIn(text, contents)
        total = order.currency_id.format(order.amount_total)
        self.assertEqual(contents.count(total.replace("$\xa0", "")), 2)

    def test_texts_of_a_shopper_are_no_html(self):
        order = self.import_order(
            [("MUG-1", 1)], billing={"first_name": "<img src=x onerror=alert(1)>"}
        )
        self.assertNotIn("<img", order.contents)

    def test_an_emptied_payload_is_told(self):
        order = self.import_order([("MUG-1", 1)])
        order.payload = False
        order.invalidate_recordset()
        self.assertIn("no longer kept", order.contents)

    def test_an_unreadable_order_says_why(self):
        order = self.import_order([("MUG-1", 1)])
        order.payload = {"id": order.remote_id, "consignments": 7}
        order.invalidate_recordset()
        self.assertTrue(order.contents)

    def test_the_time_line_goes_from_the_order_to_what_the_store_was_told(self):
        order = self.import_order([("MUG-1", 1)])
        delivery = order.sale_order_ids.picking_ids
        delivery.carrier_tracking_ref = "1Z999AA10123456784"
        delivery.move_ids.picked = True
        delivery.button_validate()
        self.run_cron("cron_export_shipments")
        order.invalidate_recordset()
        told = order.events.index("Store told of")
        for text in (
            "Ordered in the store",
            "Fetched from the store",
            order.sale_order_ids.name,
            f"{delivery.name} done",
        ):
            with self.subTest(text):
                self.assertLess(order.events.index(text), told)
        self.assertIn("1Z999AA10123456784", order.events)

    def test_the_payload_is_a_managers(self):
        order = self.import_order([("MUG-1", 1)])
        user = new_test_user(
            self.env, "clerk", groups="connector_bigcommerce.group_user"
        )
        self.assertIn('"items_total"', order.payload_text)
        self.assertNotIn("payload_text", order.with_user(user).fields_get())
        self.assertTrue(order.with_user(user).contents)

    def test_both_sides_lead_to_each_other(self):
        order = self.import_order([("MUG-1", 1)])
        sale = order.sale_order_ids
        for record in (sale, sale.picking_ids):
            action = record.action_show_bigcommerce_order()
            self.assertEqual(action["res_id"], order.id)
        self.run_action("action_link_products")
        action = self.mug.product_tmpl_id.action_show_bigcommerce_products()
        self.assertEqual(action["res_model"], "bigcommerce.product")
        found = self.env["sale.order"].search(
            [("bigcommerce_order_id", "ilike", str(order.remote_id))]
        )
        self.assertEqual(found, sale)
