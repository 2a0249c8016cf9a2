from odoo.exceptions import UserError
from odoo.tests import tagged

from ..common import BigCommerceCase

KEPT = (
    "bigcommerce.order",
    "bigcommerce.shipment",
    "bigcommerce.stock.level",
    "bigcommerce.sync.run",
    "sale.order",
    "stock.picking",
    "stock.move",
    "res.partner",
    "product.product",
)


@tagged("post_install", "-at_install")
class TestDryRun(BigCommerceCase):
    """What would happen is told for each record, and nothing happens."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.backend.write({"is_live": False, "visibility_policy": "all"})
        _remote_id, cls.mug = cls.add_product("Mug", "MUG-1", stock=20)
        cls.add_product("Cup", "CUP-1", stock=5)
        cls.shop.add_product(name="Pen", sku="PEN-1", stock=5)

    def setUp(self):
        super().setUp()
        self.run_action("action_link_products")
        self.sim.calls.clear()

    def dry_run(self):
        """Return {kind: {record: (before, after, reason)}}."""
        before = self.counts()
        self.backend.action_dry_run()
        self.assertEqual(self.counts(), before, "nothing is written in Odoo")
        self.assertEqual({call.method for call in self.sim.calls}, {"GET"})
        rows = {}
        for row in self.backend.dry_run_ids:
            told = (row.before, row.after, row.reason)
            rows.setdefault(row.kind, {})[row.record_name] = told
        return rows

    def counts(self):
        self.env.flush_all()
        return {model: self.env[model].search_count([]) for model in KEPT}

    def test_orders_that_would_come_in(self):
        good = self.shop.buy([("MUG-1", 2)])
        bad = self.shop.buy([("PEN-1", 1)])
        orders = self.dry_run()["order"]
        before, after, _reason = orders[f"Shop #{good}"]
        self.assertEqual(before, "Not in Odoo")
        self.assertIn("Sales Order", after)
        self.assertIn("$", after)
        _before, after, reason = orders[f"Shop #{bad}"]
        self.assertEqual(after, "Held")
        self.assertIn("PEN-1", reason)
        self.assertFalse(self.inbox(good))

    def test_what_waits_already_is_tried_again(self):
        order = self.import_order([("PEN-1", 1)])
        self.env["product.product"].create({"name": "Pen", "default_code": "PEN-1"})
        order.state = "pending"
        before, after, _reason = self.dry_run()["order"][order.display_name]
        self.assertEqual(before, "Waiting")
        self.assertIn("Sales Order", after)
        self.assertEqual(order.state, "pending")

    def test_shipments_that_would_be_sent(self):
        order = self.import_order([("MUG-1", 2)])
        picking = order.sale_order_ids.picking_ids
        picking.move_ids.quantity = 2
        picking.carrier_tracking_ref = "TRACK-7"
        picking.button_validate()
        ((_before, after, _reason),) = self.dry_run()["shipment"].values()
        self.assertEqual(after, "2 units, tracking number TRACK-7")
        self.assertFalse(order.shipment_ids)

    def test_quantities_after_the_orders_that_would_come_in(self):
        self.shop.buy([("MUG-1", 2)])
        self.set_stock(self.mug, 15)
        quantities = self.dry_run()["quantity"]
        self.assertEqual(quantities["[MUG-1] Mug"][:2], ("18", "13"))
        self.assertNotIn("[CUP-1] Cup", quantities)
        self.assertEqual(self.shop.stock("MUG-1"), 18)

    def test_listings_that_would_be_hidden(self):
        self.backend.product_ids.filtered(lambda p: p.sku == "MUG-1").is_enabled = False
        told = self.dry_run()["visibility"]
        self.assertEqual(told["Mug"][:2], ("Shown", "Hidden"))

    def test_a_live_store_is_not_written_to_either(self):
        self.backend.is_live = True
        self.set_stock(self.mug, 1)
        self.assertEqual(self.dry_run()["quantity"]["[MUG-1] Mug"][:2], ("20", "1"))

    def test_the_next_one_replaces_it(self):
        self.set_stock(self.mug, 15)
        self.dry_run()
        self.set_stock(self.mug, 20)
        self.assertNotIn("quantity", self.dry_run())

    def test_a_store_that_is_away_is_told_in_words(self):
        self.sim.faults.add("server_error", times=99, status=500)
        with self.assertRaisesRegex(UserError, "HTTP 500"):
            self.backend.action_dry_run()
