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

    def test_an_audit_of_ten_thousand_reads_in_pages_and_sends_what_differs(self):
        self.push()
        sold = ("P0-0", "P500-3", f"P{PRODUCTS - 1}-{LISTINGS - 1}")
        for sku in sold:
            self.shop.catalog.take(self.shop.catalog.variant_by_sku(sku), -4)
        self.sim.calls.clear()
        for _run in range(9):
            self.run_cron("cron_audit_inventory")
            audits = self.backend.sync_run_ids.filtered_domain(
                [("kind", "=", "audit_inventory")]
            )
            if audits[0].state == "done":
                break
        self.push()
        told = audits.difference_ids
        self.assertEqual(sorted(told.variant_id.mapped("sku")), sorted(sold))
        self.assertEqual(len(told), len(sold))
        self.assertEqual(sum(audits.mapped("done")), PRODUCTS + len(sold))
        reads = len(self.sim.calls_to("GET", r"/inventory/items$"))
        self.assertLessEqual(reads, PRODUCTS * LISTINGS // 1_000 + PRODUCTS // 50)
        sent = self.sim.calls_to("PUT", ADJUSTMENTS)
        self.assertEqual([len(call.body["items"]) for call in sent], [len(sold)])
        self.assertEqual({self.shop.stock(sku) for sku in sold}, {0})
