from urllib.parse import quote

from odoo.tests import HttpCase, tagged

from ..simulator import Simulator


@tagged("post_install", "-at_install")
class TestTour(HttpCase):
    def test_a_manager_connects_a_store_and_imports_its_orders(self):
        sim = Simulator()
        sim.start()
        self.addCleanup(sim.stop)
        sim.shop.add_product(name="Mug", sku="MUG-1", stock=5)
        self.env["product.product"].create({"name": "Mug", "default_code": "MUG-1"})
        self.env["account.tax"].create(
            {"name": "VAT", "amount": 20, "type_tax_use": "sale"}
        )
        remote_id = sim.shop.buy([("MUG-1", 1)])
        self.start_tour(
            "/odoo/bigcommerce-stores",
            "bigcommerce_store_form",
            login="admin",
            cookies={
                "bigcommerce_api_path": quote(sim.api_path, safe=""),
                "bigcommerce_token": quote(sim.token, safe=""),
            },
        )
        order = self.env["bigcommerce.order"].search([("remote_id", "=", remote_id)])
        self.assertEqual(order.backend_id.name, "Tour Shop")
        self.assertEqual(order.sale_order_ids.state, "sale")
