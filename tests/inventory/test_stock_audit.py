from unittest.mock import patch

from odoo.tests import tagged

from ...models.inventory import audit_inventory
from ...models.sync.bigcommerce_backend import lock_key
from .test_stock_push import ADJUSTMENTS, StockCase


@tagged("post_install", "-at_install")
class TestStockAudit(StockCase):
    """What differs between both sides, why, and what becomes of it."""

    def differences(self, kind="audit_inventory"):
        """Return {SKU or name: (shown, should be, cause)} of the last run."""
        run = self.env["bigcommerce.sync.run"]._get_last(self.backend, kind)
        return {
            row.variant_id.sku or row.bigcommerce_product_id.name: (
                row.shown,
                row.wanted,
                row.cause,
            )
            for row in run.difference_ids
        }

    def take_in_store(self, sku, units):
        self.shop.settle()
        self.shop.catalog.take(self.shop.catalog.variant_by_sku(sku), units)

    def make_differences(self):
        """Change one quantity here, one there, one on both sides; break another."""
        self.take_in_store("MUG-1", 4)
        self.take_in_store("TSH-M", 1)
        for sku, product in (("TSH-S", self.shirts[0]), ("TSH-M", self.shirts[1])):
            self.set_stock(product, 9)
            self.assertTrue(self.level(sku))
        self.env["bigcommerce.stock.change"].search([]).unlink()

    def test_a_dry_run_lists_the_differences_and_sends_nothing(self):
        self.make_differences()
        action = self.run_action("action_preview_inventory")
        self.assertEqual(
            self.differences("preview_inventory"),
            {
                "MUG-1": (6, 10, "store"),
                "TSH-S": (4, 9, "odoo"),
                "TSH-M": (3, 9, "both"),
            },
        )
        listed = self.env["bigcommerce.stock.difference"].search(action["domain"])
        self.assertEqual(len(listed), 3)
        self.assertFalse([call for call in self.sim.calls if call.method != "GET"])
        self.assertEqual(self.shop.stock("MUG-1"), 6)

    def test_an_audit_reports_the_same_and_repairs_it(self):
        self.make_differences()
        answer = self.run_action("action_audit_inventory")
        self.assertIn("3 quantities", answer["params"]["message"])
        self.assertEqual(self.differences()["TSH-M"], (3, 9, "both"))
        stock = [self.shop.stock(sku) for sku in ("MUG-1", "TSH-S", "TSH-M")]
        self.assertEqual(stock, [10, 9, 9])
        self.run_action("action_audit_inventory")
        self.assertFalse(self.differences())

    def test_a_level_that_the_store_refused_says_so(self):
        variant = self.level("MUG-1").variant_id
        self.shop.catalog.variants.pop(variant.remote_id)
        self.set_stock(self.mug, 3)
        self.push()
        self.run_action("action_audit_inventory")
        self.assertEqual(self.differences()["MUG-1"], (0, 3, "missing"))

    def test_a_visibility_that_differs_is_listed(self):
        product = self.shop.product_by_sku("MUG-1")
        self.shop.catalog.products[product["id"]]["is_visible"] = False
        self.run_action("action_preview_inventory")
        self.assertEqual(
            self.differences("preview_inventory"), {"Mug": (0, 1, "visibility")}
        )
        self.assertTrue(
            self.level("MUG-1").variant_id.bigcommerce_product_id.is_visible
        )

    def test_why_this_number(self):
        self.backend.write({"max_percentage": 50, "max_quantity": 2, "end_quantity": 1})
        self.shop.buy([("MUG-1", 2)], status_id=12)
        self.push()
        self.shop.settle()
        self.run_action("action_audit_inventory")
        level = self.level("MUG-1")
        lines = level.explanation.split("\n")
        self.assertEqual(
            lines[:7],
            [
                "10 on hand",
                "− 0 reserved",
                "− 0 that deliveries wait for",
                "− 2 sold by the store, not here yet",
                "= 8 available",
                "50 % of it: 4",
                "At most 2: 2",
            ],
        )
        self.assertIn("Last sent: 2", lines[7])
        self.assertIn("Last read in the store: 2", lines[8])
        self.assertEqual(lines[9], "Synced")
        self.set_stock(self.mug, 1)
        level.invalidate_recordset()
        self.assertIn("End when 1", level.explanation)


@tagged("post_install", "-at_install")
class TestStockCases(StockCase):
    """The less usual quantities."""

    def test_stores_that_share_a_warehouse_hold_each_others_units(self):
        other = self.backend.copy({"name": "Second", "store_hash": "second"})
        other.location_ids = [
            (0, 0, {"name": "Default", "remote_id": 1}),
        ]
        listing = self.env["bigcommerce.product"].create(
            {"backend_id": other.id, "remote_id": 900, "name": "Mug"}
        )
        self.env["bigcommerce.variant"].create(
            {
                "bigcommerce_product_id": listing.id,
                "remote_id": 901,
                "product_id": self.mug.id,
            }
        )
        self.env["bigcommerce.order"].create(
            {
                "backend_id": other.id,
                "remote_id": 1,
                "status_id": 11,
                "sold_units": [[900, 901, 3]],
            }
        )._note_stock_change()
        self.push()
        self.assertEqual(self.shop.stock("MUG-1"), 7)

    def test_a_share_of_the_stock_for_each_store(self):
        self.backend.max_percentage = 30
        self.push()
        self.assertEqual(self.shop.stock("MUG-1"), 3)

    def test_a_product_that_odoo_does_not_count_is_left_alone(self):
        self.mug.is_storable = False
        self.push()
        self.assertEqual(self.shop.stock("MUG-1"), 10)
        self.assertEqual(self.level("MUG-1").state, "skipped")
        self.mug.is_storable = True
        self.push()
        self.assertEqual(self.level("MUG-1").state, "synced")

    def test_an_archived_product_is_not_for_sale(self):
        self.mug.active = False
        self.push()
        self.assertEqual(self.shop.stock("MUG-1"), 0)

    def test_a_location_that_leaves_the_warehouse_takes_its_stock_along(self):
        warehouse = self.env["stock.warehouse"].search(
            [("company_id", "=", self.env.company.id)], limit=1
        )
        default = self.backend.location_ids.filtered(lambda place: place._is_default())
        default.location_ids = warehouse.lot_stock_id
        shelf = self.env["stock.location"].create(
            {"name": "Shelf", "location_id": warehouse.lot_stock_id.id}
        )
        self.env["stock.quant"]._update_available_quantity(self.mug, shelf, 5)
        self.push()
        self.assertEqual(self.shop.stock("MUG-1"), 15)
        shelf.location_id = warehouse.view_location_id
        self.push()
        self.assertEqual(self.shop.stock("MUG-1"), 10)

    def test_quants_that_are_merged_in_sql_are_looked_at_again(self):
        warehouse = self.env["stock.warehouse"].search(
            [("company_id", "=", self.env.company.id)], limit=1
        )
        # what two deliveries at once leave behind
        twin = self.env["stock.quant"].create(
            {
                "product_id": self.mug.id,
                "location_id": warehouse.lot_stock_id.id,
                "quantity": -3,
                "reserved_quantity": -3,
            }
        )
        self.push()
        self.assertEqual(self.shop.stock("MUG-1"), 10)
        twin._merge_quants()
        self.push()
        self.assertEqual(self.shop.stock("MUG-1"), 7)

    def test_negative_stock_and_fractions_are_whole_units_from_0_up(self):
        self.set_stock(self.mug, 2.75)
        self.push()
        self.assertEqual(self.shop.stock("MUG-1"), 2)
        warehouse = self.env["stock.warehouse"].search([], limit=1)
        self.env["stock.quant"]._update_available_quantity(
            self.mug, warehouse.lot_stock_id, -5
        )
        self.push()
        self.assertEqual(self.shop.stock("MUG-1"), 0)

    def test_without_variations_every_product_goes_by_its_own_id(self):
        self.backend.has_variants = False
        self.set_stock(self.mug, 6)
        self.push()
        items = [
            item
            for call in self.sim.calls_to("PUT", ADJUSTMENTS)
            for item in call.body["items"]
            if item.get("product_id") == self.shop.product_by_sku("MUG-1")["id"]
        ]
        self.assertEqual({item["quantity"] for item in items}, {6})
        self.assertEqual(self.shop.stock("MUG-1"), 6)

    def test_bad_items_that_the_store_names_cost_few_calls(self):
        products = self.env["product.product"]
        for number in range(64):
            products += self.add_product(f"P{number}", f"P{number}", stock=1)[1]
        self.run_action("action_link_products")
        self.push()
        for sku in ("P3", "P40"):
            self.shop.catalog.variants.pop(self.level(sku).variant_id.remote_id)
        for product in products:
            self.set_stock(product, 2)
        self.sim.calls.clear()
        self.push()
        self.assertLessEqual(len(self.sim.calls_to("PUT", ADJUSTMENTS)), 5)
        self.assertEqual(self.level("P3").state, "failed")
        self.assertEqual(self.level("P40").state, "failed")
        self.assertEqual(self.shop.stock("P63"), 2)

    def test_an_audit_never_sends_while_a_push_does(self):
        self.shop.catalog.take(self.shop.catalog.variant_by_sku("MUG-1"), 4)
        with self.registry.cursor() as cr:
            key = lock_key(self.backend, "push_inventory")
            cr.execute("SELECT pg_try_advisory_lock(%s, %s)", key)
            self.run_cron("cron_audit_inventory")
            self.assertFalse(self.sim.calls_to("PUT", ADJUSTMENTS))
            cr.execute("SELECT pg_advisory_unlock(%s, %s)", key)
        self.assertEqual(self.level("MUG-1").state, "pending", "left to the push")
        self.push()
        self.assertEqual(self.shop.stock("MUG-1"), 10)

    def test_an_audit_that_takes_long_goes_on_where_it_was(self):
        """Each run does what it can; none begins anew or tells a difference twice."""
        for sku in ("MUG-1", "TSH-S"):
            self.shop.catalog.take(self.shop.catalog.variant_by_sku(sku), 1)
        runs = self.env["bigcommerce.sync.run"]
        self.backend.import_orders = False
        with patch.object(audit_inventory, "V3_PAGE", 1):
            for _run in range(5):
                self.run_cron("cron_audit_inventory", seconds=0)
                if runs._get_last(self.backend, "audit_inventory").state == "done":
                    break
        found = runs.search([("kind", "=", "audit_inventory")])
        self.assertGreater(len(found), 1)
        self.assertEqual(found[0].state, "done")
        skus = found.difference_ids.variant_id.mapped("sku")
        self.assertEqual(sorted(skus), ["MUG-1", "TSH-S"])
        self.assertEqual(len(found.difference_ids), 2)
