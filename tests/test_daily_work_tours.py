from odoo.tests import HttpCase, new_test_user, tagged

from .common import BigCommerceCase

USER = "connector_bigcommerce.group_user"
MANAGER = "connector_bigcommerce.group_manager"


@tagged("post_install", "-at_install")
class TestDailyWorkTours(BigCommerceCase, HttpCase):
    """What people do every day, in a browser, each as who does it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.add_product("Enamel Mug", "MUG-01", stock=10)
        for login, groups in (
            ("user", f"{USER},stock.group_stock_user,product.group_product_manager"),
            ("manager", f"{MANAGER},stock.group_stock_manager"),
            ("salesman", "sales_team.group_sale_salesman_all_leads"),
        ):
            new_test_user(cls.env, f"bc-{login}", password="secret1234", groups=groups)

    def setUp(self):
        super().setUp()
        self.run_action("action_link_products")

    def tour(self, name, address, login):
        self.start_tour(
            f"/odoo/{address}", f"bigcommerce_{name}", login=f"bc-{login}", timeout=90
        )

    def test_a_user_links_what_an_order_waits_for_and_it_comes_in(self):
        stove = self.env["product.product"].create({"name": "Stove from Odoo"})
        self.shop.add_product(name="Camp Stove", sku="STOVE-05", price="59", stock=9)
        self.run_action("action_link_products")
        order = self.import_order([("STOVE-05", 1)])
        self.assertEqual(order.state, "held")
        self.tour("held_order", "bigcommerce", "user")
        self.run_cron("cron_import_orders")
        self.assertEqual(order.state, "imported", order.error)
        self.assertIn(stove, order.sale_order_ids.order_line.product_id)

    def test_a_user_retries_a_shipment(self):
        order = self.import_order([("MUG-01", 1)])
        delivery = order.sale_order_ids.picking_ids
        delivery.move_ids.picked = True
        delivery.button_validate()
        self.sim.faults.add("server_error", path=r"/shipments$", status=501, times=9)
        self.run_cron("cron_export_shipments")
        order.shipment_ids._leave_to_person("The store refused it")
        self.sim.faults.clear()
        self.tour("failed_shipment", "bigcommerce-exceptions", "user")
        self.run_cron("cron_export_shipments")
        self.assertEqual(order.shipment_ids.state, "exported")

    def test_a_user_reads_why_a_number_is_what_it_is(self):
        self.backend.max_quantity = 4
        self.run_cron("cron_push_inventory")
        self.tour("why_this_number", "bigcommerce-levels", "user")

    def test_a_manager_maps_a_shipping_service(self):
        service = self.env["product.product"].create(
            {"name": "Carriage", "type": "service"}
        )
        carrier = self.env["delivery.carrier"].create(
            {"name": "Tour Carrier", "product_id": service.id}
        )
        self.import_order([("MUG-01", 1)])
        self.tour("mapping", f"bigcommerce-stores/{self.backend.id}", "manager")
        self.assertIn(carrier, self.backend.shipping_mapping_ids.carrier_id)

    def test_an_order_is_read_from_both_sides(self):
        sale = self.import_order([("MUG-01", 1)]).sale_order_ids
        self.tour("order_story", f"sales/{sale.id}", "user")

    def test_a_salesman_sees_the_sale_order_only(self):
        sale = self.import_order([("MUG-01", 1)]).sale_order_ids
        self.tour("salesman", f"sales/{sale.id}", "salesman")
