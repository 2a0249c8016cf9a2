import re
from unittest.mock import patch

from odoo.tests import Form, tagged

from ...models.inventory.cockpit import what_if
from ..common import BigCommerceCase


@tagged("post_install", "-at_install")
class TestWhatIf(BigCommerceCase):
    """A changed rule says what it would do before it is saved."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for number in range(1, 13):
            cls.add_product(f"P{number}", f"P{number}", stock=number * 10)

    def setUp(self):
        super().setUp()
        self.run_action("action_link_products")
        self.run_cron("cron_push_inventory")
        self.sim.calls.clear()

    def numbers(self, form):
        """Return [changed, of, hidden, shown] and the rows (name, now, then)."""
        cells = re.findall(r"<td[^>]*>([^<]*)</td>", form.what_if)
        rows = [tuple(cells[i : i + 4]) for i in range(0, len(cells), 4)]
        words = re.sub(r"<[^>]+>", " ", form.what_if.split("<table")[0])
        return [int(number) for number in re.findall(r"\d+", words)], [
            (name.split("] ")[-1], int(now), int(then))
            for name, _place, now, then in rows
        ]

    def test_how_many_listings_change_and_the_ten_largest_changes(self):
        with Form(self.backend) as form:
            self.assertFalse(form.what_if)
            form.max_quantity = 15
            counts, rows = self.numbers(form)
            self.assertEqual(counts, [11, 12, 0, 0])
            self.assertEqual(len(rows), 10)
            self.assertEqual(rows[0], ("P12", 120, 15))
            form.max_quantity = 0
            self.assertFalse(form.what_if)
        self.assertFalse(self.sim.calls, "nothing is sent for a question")

    def test_what_end_when_hides(self):
        with Form(self.backend) as form:
            form.visibility_policy = "all"
            form.end_quantity = 25
            counts, rows = self.numbers(form)
            self.assertEqual(counts, [2, 12, 2, 0])
            self.assertEqual(rows, [("P2", 20, 0), ("P1", 10, 0)])

    def test_another_basis_is_computed_from_the_stock(self):
        product = self.env["product.product"].search([("default_code", "=", "P5")])
        warehouse = self.env["stock.warehouse"].search(
            [("company_id", "=", self.env.company.id)], limit=1
        )
        self.env["stock.quant"]._update_reserved_quantity(
            product, warehouse.lot_stock_id, 7
        )
        self.env.cr.flush()
        self.run_cron("cron_push_inventory")
        with Form(self.backend) as form:
            form.quantity_basis = "on_hand"
            self.assertEqual(self.numbers(form)[1], [("P5", 43, 50)])

    def test_the_forecast_is_computed_too(self):
        product = self.env["product.product"].search([("default_code", "=", "P5")])
        warehouse = self.env["stock.warehouse"].search(
            [("company_id", "=", self.env.company.id)], limit=1
        )
        self.env["stock.move"].create(
            {
                "product_id": product.id,
                "product_uom_qty": 9,
                "location_id": self.env.ref("stock.stock_location_suppliers").id,
                "location_dest_id": warehouse.lot_stock_id.id,
            }
        )._action_confirm()
        with Form(self.backend) as form:
            form.quantity_basis = "forecast"
            self.assertEqual(self.numbers(form)[1], [("P5", 50, 59)])

    def test_what_has_its_own_rules_is_not_changed_by_the_stores(self):
        listing = self.env["bigcommerce.variant"].search([("sku", "=", "P12")])
        listing.write({"override_rules": True, "max_quantity": 100})
        with Form(self.backend) as form:
            form.max_quantity = 105
            self.assertEqual(self.numbers(form), ([1, 12, 0, 0], [("P11", 110, 105)]))

    def test_a_person_does_not_wait_for_a_large_catalog(self):
        with patch.object(what_if, "MOST_LEVELS", 5), Form(self.backend) as form:
            form.max_quantity = 15
            self.assertIn("7 more quantities were not looked at", form.what_if)
            self.assertEqual(len(self.numbers(form)[1]), 4)

    def test_what_is_said_is_what_is_sent(self):
        with Form(self.backend) as form:
            form.max_percentage = 33
            _counts, rows = self.numbers(form)
        self.env.cr.flush()
        self.run_cron("cron_push_inventory")
        for sku, _now, then in rows:
            self.assertEqual(self.shop.stock(sku), then)
