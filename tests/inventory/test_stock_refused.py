from unittest.mock import patch

from odoo.tests import tagged

from ...simulator.problems import Problem
from ..common import BigCommerceCase
from .test_stock_push import ADJUSTMENTS, StockCase

READ_AGAIN = r"/catalog/products$"
LISTINGS = 2_000
BAD = 500


class UnnamedRefusals:
    """A store that refuses batches with some items and does not say which."""

    def refuse(self, skus):
        """Have every adjustment that holds one of these refused."""
        catalog = self.shop.catalog
        bad = {catalog.variant_by_sku(sku)["id"] for sku in skus}
        adjust = self.shop.inventory.adjust

        def refusing(body):
            if bad & {item.get("variant_id") for item in body["items"]}:
                raise Problem(422, "The request could not be processed.")
            return adjust(body)

        self.enterContext(patch.object(self.shop.inventory, "adjust", refusing))


@tagged("post_install", "-at_install")
class TestStockRefused(UnnamedRefusals, BigCommerceCase):
    """Two thousand quantities in one call, and some of them are wrong."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        product = cls.env["product.product"].create(
            {"name": "Bead", "is_storable": True}
        )
        cls.bead = product
        for number in range(LISTINGS // 20):
            rows = [
                {"sku": f"B{number}-{size}", "options": {"Size": str(size)}}
                for size in range(20)
            ]
            cls.shop.add_product(name=f"Bead {number}", variants=rows)

    def setUp(self):
        super().setUp()
        self.run_action("action_link_products")
        variants = self.env["bigcommerce.variant"].search([])
        variants._link(dict.fromkeys(variants, self.bead))
        self.env.cr.flush()
        self.sim.calls.clear()

    def push(self):
        self.env.cr.flush()
        self.run_cron("cron_push_inventory")

    def states(self):
        groups = self.env["bigcommerce.stock.level"]._read_group(
            [], ["state"], ["__count"]
        )
        return dict(groups)

    def test_five_hundred_that_are_named_are_set_aside_at_once(self):
        catalog = self.shop.catalog
        gone = [f"B{n}-{size}" for n in range(BAD // 5) for size in range(0, 20, 4)]
        for sku in gone:
            del catalog.variants[catalog.variant_by_sku(sku)["id"]]
        self.set_stock(self.bead, 7)
        self.push()
        self.assertEqual(self.states(), {"failed": BAD, "synced": LISTINGS - BAD})
        self.assertEqual(len(self.sim.calls_to("PUT", ADJUSTMENTS)), 2)
        self.assertEqual(len(self.sim.calls_to("GET", READ_AGAIN)), 1)
        failed = self.env["bigcommerce.stock.level"].search([("state", "=", "failed")])
        self.assertEqual(sorted(failed.variant_id.mapped("sku")), sorted(gone))
        self.assertIn("not found", failed[0].error)

    def test_one_that_is_not_named_is_found_in_twenty_five_calls(self):
        self.refuse(["B42-7"])
        self.set_stock(self.bead, 7)
        before = len(self.sim.calls)
        self.push()
        self.assertEqual(self.states(), {"failed": 1, "synced": LISTINGS - 1})
        fetched_orders = 1
        self.assertLessEqual(len(self.sim.calls) - before - fetched_orders, 25)

    def test_many_that_are_not_named_keep_nothing_else_waiting(self):
        _remote_id, mug = self.add_product("Mug", "MUG", stock=3)
        self.run_action("action_link_products")
        self.refuse([f"B{n}-{size}" for n in range(100) for size in range(0, 20, 4)])
        self.set_stock(self.bead, 7)
        self.set_stock(mug, 9)
        self.sim.calls.clear()
        self.push()
        puts = self.sim.calls_to("PUT", ADJUSTMENTS)
        self.assertLessEqual(len(puts), 26)
        self.assertEqual(self.shop.stock("MUG"), 9)
        waiting = self.env["bigcommerce.stock.level"].search(
            [("error", "like", "did not say which")]
        )
        self.assertEqual(set(waiting.mapped("state")), {"pending"})
        self.assertTrue(all(waiting.mapped("next_attempt")))


@tagged("post_install", "-at_install")
class TestStoreTracksOtherwise(UnnamedRefusals, StockCase):
    """The store changed the way it tracks a product since the catalog was read."""

    def track(self, sku, way):
        product = self.shop.product_by_sku(sku)
        self.shop.catalog.products[product["id"]]["inventory_tracking"] = way

    def listing(self, sku):
        return self.level(sku).variant_id.bigcommerce_product_id

    def test_from_variant_to_product(self):
        self.track("TSH-S", "product")
        self.set_stock(self.shirts[0], 9)
        self.push()
        self.assertEqual(self.shop.stock("TSH-S"), 13, "9 small, 4 medium")
        self.assertEqual(self.listing("TSH-S").inventory_tracking, "product")
        self.assertEqual(len(self.sim.calls_to("GET", READ_AGAIN)), 1)
        self.assertEqual(len(self.sim.calls_to("PUT", ADJUSTMENTS)), 2)
        self.assertEqual(self.level("TSH-S").state, "synced")

    def test_from_product_to_variant(self):
        self.track("MUG-1", "variant")
        catalog = self.shop.catalog
        product = self.shop.product_by_sku("MUG-1")
        row = {"sku": "MUG-2", "options": {"Color": "Red"}, "stock": 0}
        catalog.variants[catalog._add_variant(product["id"], row)].update({"sku": "M2"})
        self.set_stock(self.mug, 6)
        self.push()
        self.assertEqual(self.listing("MUG-1").inventory_tracking, "variant")
        self.assertEqual(self.shop.stock("MUG-1"), 6)
        self.assertEqual(self.level("MUG-1").state, "synced")

    def test_to_none(self):
        self.track("TSH-S", "none")
        self.set_stock(self.shirts[0], 9)
        self.set_stock(self.mug, 6)
        self.push()
        self.assertEqual(self.shop.stock("MUG-1"), 6)
        self.assertEqual(self.level("TSH-S").state, "skipped")
        self.assertIn("does not track", self.level("TSH-S").error)

    def test_a_refusal_without_names_is_read_again_too(self):
        self.track("TSH-S", "product")
        adjust = self.shop.inventory.adjust

        def silent(body):
            try:
                return adjust(body)
            except Problem:
                raise Problem(422, "The request could not be processed.") from None

        self.enterContext(patch.object(self.shop.inventory, "adjust", silent))
        self.set_stock(self.shirts[0], 9)
        self.set_stock(self.mug, 6)
        self.push()
        self.assertEqual(self.shop.stock("TSH-S"), 13)
        self.assertEqual(self.shop.stock("MUG-1"), 6)
        self.assertEqual(len(self.sim.calls_to("PUT", ADJUSTMENTS)), 2)

    def test_the_rest_is_noticed_at_night(self):
        self.track("TSH-S", "product")
        self.run_cron("cron_audit_inventory")
        self.assertEqual(self.listing("TSH-S").inventory_tracking, "product")
        self.assertEqual(self.sent()[-1], 8, "both sizes together")

    def test_what_comes_back_is_sent_again(self):
        variant = self.shop.catalog.variant_by_sku("TSH-S")
        del self.shop.catalog.variants[variant["id"]]
        self.set_stock(self.shirts[0], 9)
        self.push()
        self.assertEqual(self.level("TSH-S").state, "failed")
        self.assertTrue(self.level("TSH-S").variant_id.is_missing)
        self.shop.catalog.variants[variant["id"]] = variant
        self.run_action("action_link_products")
        self.push()
        self.assertEqual(self.shop.stock("TSH-S"), 9)


@tagged("post_install", "-at_install")
class TestLocationSwitchedOff(StockCase):
    def setUp(self):
        super().setUp()
        self.outlet = self.shop.catalog.add_location("Outlet")
        self.backend.action_fetch_settings()
        places = self.env["stock.location"].create(
            [
                {"name": name, "usage": "internal", "location_id": parent.id}
                for name, parent in [
                    ("Shop", self.env.ref("stock.warehouse0").lot_stock_id)
                ]
            ]
        )
        self.place = self.backend.location_ids.filtered(
            lambda place: place.remote_id == self.outlet
        )
        self.place.location_ids = places
        self.push()
        self.sim.calls.clear()

    def outlet_levels(self):
        return self.env["bigcommerce.stock.level"].search(
            [("location_id", "=", self.place.id)]
        )

    def test_one_that_is_switched_off_is_noticed_and_the_others_go_on(self):
        self.shop.catalog.locations[self.outlet]["enabled"] = False
        self.move_to_outlet()
        self.push()
        self.assertEqual(self.shop.stock("MUG-1"), 18)
        self.assertFalse(self.place.enabled)
        self.assertEqual(set(self.outlet_levels().mapped("state")), {"skipped"})
        self.assertEqual(len(self.sim.calls_to("PUT", ADJUSTMENTS)), 2)

    def test_one_that_is_gone_is_switched_off_here(self):
        del self.shop.catalog.locations[self.outlet]
        self.move_to_outlet()
        self.push()
        self.assertEqual(self.shop.stock("MUG-1"), 18)
        self.assertFalse(self.place.enabled)

    def test_it_is_sent_again_when_it_is_switched_on(self):
        self.test_one_that_is_switched_off_is_noticed_and_the_others_go_on()
        self.shop.catalog.locations[self.outlet]["enabled"] = True
        self.backend.action_fetch_settings()
        self.push()
        self.assertEqual(self.shop.stock("MUG-1", self.outlet), 5)

    def move_to_outlet(self):
        self.set_stock(self.mug, 13)
        self.env["stock.quant"]._update_available_quantity(
            self.mug, self.place.location_ids, 5
        )
