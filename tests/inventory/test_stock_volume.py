from odoo.tests import tagged

from ..common import BigCommerceCase

ADJUSTMENTS = r"/inventory/adjustments/absolute$"
PRODUCTS = 1_000
LISTINGS = 10


@tagged("post_install", "-at_install")
class TestStockVolume(BigCommerceCase):
    """Ten thousand variants change at once."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.products = cls.env["product.product"].create(
            [
                {
                    "name": f"P{number}",
                    "default_code": f"P{number}",
                    "is_storable": True,
                }
                for number in range(PRODUCTS)
            ]
        )
        skus = [{"sku": f"{n}", "options": {"Size": str(n)}} for n in range(LISTINGS)]
        for product in cls.products:
            name = product.default_code
            rows = [{**row, "sku": f"{name}-{row['sku']}"} for row in skus]
            cls.shop.add_product(name=name, variants=rows)

    def setUp(self):
        super().setUp()
        self.run_action("action_link_products")
        variants = self.env["bigcommerce.variant"].search([])
        products = self.products.grouped("default_code")
        variants._link({v: products[v.sku.split("-")[0]] for v in variants})

    def waiting(self):
        return self.env["bigcommerce.stock.level"].search_count(
            [("state", "=", "pending")]
        )

    def push(self):
        """Push until nothing waits: a run ends when its time is over."""
        while self.waiting() or self.env["bigcommerce.stock.change"].search_count([]):
            self.run_cron("cron_push_inventory")

    def test_ten_thousand_changed_variants_take_five_calls(self):
        warehouse = self.env["stock.warehouse"].search(
            [("company_id", "=", self.env.company.id)], limit=1
        )
        self.env["stock.quant"].create(
            [
                {
                    "product_id": product.id,
                    "location_id": warehouse.lot_stock_id.id,
                    "quantity": 7,
                }
                for product in self.products
            ]
        )
        self.env.cr.flush()
        self.assertEqual(self.waiting(), PRODUCTS * LISTINGS)
        self.push()
        sent = self.sim.calls_to("PUT", ADJUSTMENTS)
        self.assertEqual([len(call.body["items"]) for call in sent], [2_000] * 5)
        self.assertEqual(self.shop.stock("P0-0"), 7)
        self.assertEqual(self.shop.stock(f"P{PRODUCTS - 1}-{LISTINGS - 1}"), 7)
