from unittest.mock import patch

from odoo.tests import tagged

from ...simulator.api.v3.catalog import products
from ..common import BigCommerceCase

PRODUCTS = 1_500
PAGE = 250


@tagged("post_install", "-at_install")
class TestProductLinkVolume(BigCommerceCase):
    """Catalogs that take more than one run, and lists that change meanwhile."""

    def add_products(self, count):
        for number in range(count):
            self.shop.add_product(f"Pin {number}", sku=f"PIN-{number}")

    def run_of_link(self):
        return self.backend.sync_run_ids.filtered(
            lambda run: run.kind == "link_products"
        )[:1]

    def pages(self):
        return len(self.sim.calls_to("GET", r"/catalog/products$"))

    def test_a_large_catalog_is_handed_to_the_scheduled_action(self):
        self.add_products(PRODUCTS)
        with self.capture_triggers("connector_bigcommerce.cron_link_products") as soon:
            answer = self.run_action("action_link_products")
        self.assertIn("in the background", answer["params"]["message"])
        self.assertEqual(self.run_of_link().state, "unfinished")
        self.assertTrue(soon.records)
        self.assertEqual(len(self.backend.product_ids), 4 * PAGE)
        self.sim.calls.clear()
        self.run_cron("cron_link_products")
        self.assertEqual(self.run_of_link().state, "done")
        self.assertEqual(len(self.backend.product_ids), PRODUCTS)
        # what was read before is not read again, nor taken for gone
        self.assertEqual(self.pages(), 2)
        self.assertFalse(self.backend.missing_count)
        self.assertFalse(self.backend.link_last_id)

    def test_a_run_that_ends_goes_on_where_it_was(self):
        self.add_products(3 * PAGE)
        runs = 0
        with patch.object(type(self.env["bigcommerce.sync.run"]), "_commit", ends_soon):
            while self.run_of_link().state != "done":
                self.run_cron("cron_link_products", seconds=0)
                runs += 1
        self.assertGreater(runs, 2)
        self.assertEqual(len(self.backend.product_ids.variant_ids), 3 * PAGE)
        self.assertLessEqual(self.pages(), 3 + runs)

    def test_a_page_takes_the_same_queries_however_many_there_are(self):
        counts = []
        for number in (PAGE, 4 * PAGE):
            self.add_products(number)
            pages = self.pages()
            before = self.env.cr.sql_log_count
            self.run_cron("cron_link_products")
            counts.append((self.env.cr.sql_log_count - before) / (self.pages() - pages))
            self.shop.catalog.products.clear()
            self.shop.catalog.variants.clear()
            self.backend.product_ids.unlink()
        self.assertLessEqual(counts[1], counts[0])

    def test_a_list_that_tells_no_pages_or_gives_fewer_rows_is_read_to_its_end(self):
        self.add_products(300)

        def paged(rows, request, limit):
            return {"data": rows[:40], "meta": {}}

        with patch.object(products, "paged", paged):
            self.run_cron("cron_link_products")
        self.assertEqual(self.run_of_link().state, "done")
        self.assertEqual(len(self.backend.product_ids), 300)
        self.assertEqual(len(self.backend.product_ids.variant_ids), 300)

    def test_a_product_that_is_deleted_while_reading_costs_no_other(self):
        self.add_products(2 * PAGE + 20)
        self.run_cron("cron_link_products")
        catalog = self.shop.catalog
        first = min(catalog.products)

        def delete_first(request, _answer):
            # the rows behind it move up by one
            if request["path"].endswith("/catalog/products"):
                catalog.products.pop(first, None)

        self.sim.observers.append(delete_first)
        self.addCleanup(self.sim.observers.remove, delete_first)
        self.run_cron("cron_link_products")
        self.assertEqual(len(self.backend.product_ids), 2 * PAGE + 20)
        self.run_cron("cron_link_products")
        self.assertEqual(len(self.backend.product_ids), 2 * PAGE + 19)

    def test_a_variant_that_slipped_over_the_edge_of_a_page_is_not_gone(self):
        self.shop.add_product(
            "Shirt",
            variants=[
                {"sku": f"S-{number}", "options": {"Size": str(number)}}
                for number in range(PAGE + 50)
            ],
        )
        self.backend.missing_share = 100
        self.run_cron("cron_link_products")
        catalog = self.shop.catalog
        first = min(catalog.variants)

        def delete_first(request, _answer):
            if request["path"].endswith("/catalog/variants"):
                catalog.variants.pop(first, None)

        self.sim.observers.append(delete_first)
        self.addCleanup(self.sim.observers.remove, delete_first)
        self.run_cron("cron_link_products")
        variants = self.backend.product_ids.variant_ids
        self.assertEqual(len(variants), PAGE + 50)
        self.assertFalse(any(variants.mapped("is_missing")))


def ends_soon(run, done=0, failed=0):
    """Commit as a run does whose time is always over."""
    run._count(done, failed)
    run.env["ir.cron"]._commit_progress(done + failed, remaining=1)
    return 0
