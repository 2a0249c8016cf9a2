from unittest import SkipTest

from odoo import Command
from odoo.tests import tagged

from .test_stock_push import StockCase


@tagged("post_install", "-at_install")
class TestStockKit(StockCase):
    """Kits, where Manufacturing is installed: they count by their components."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        if "mrp.bom" not in cls.env:
            raise SkipTest("kits need the app Manufacturing (mrp), not installed here")
        cls.shop.add_product("Tea Set", sku="SET", stock=0)
        cls.shop.add_product("Gift Box", sku="BOX", stock=0)
        cls.set, cls.box = cls.env["product.product"].create(
            [
                {"name": "Tea Set", "default_code": "SET", "is_storable": True},
                {"name": "Gift Box", "default_code": "BOX", "is_storable": True},
            ]
        )
        cls.make_kit(cls.set, cls.mug, 4)
        cls.make_kit(cls.box, cls.set, 1)

    @classmethod
    def make_kit(cls, kit, component, quantity):
        cls.env["mrp.bom"].create(
            {
                "product_tmpl_id": kit.product_tmpl_id.id,
                "type": "phantom",
                "bom_line_ids": [
                    Command.create(
                        {"product_id": component.id, "product_qty": quantity}
                    )
                ],
            }
        )

    def test_a_change_of_a_component_changes_the_kits_made_of_it(self):
        self.assertEqual([self.shop.stock("SET"), self.shop.stock("BOX")], [2, 2])
        self.set_stock(self.mug, 21)
        self.push()
        self.assertEqual([self.shop.stock("SET"), self.shop.stock("BOX")], [5, 5])

    def test_a_sold_kit_takes_its_components(self):
        self.import_order([("SET", 1)])
        self.push()
        self.assertEqual([self.shop.stock("SET"), self.shop.stock("MUG-1")], [1, 6])

    def test_a_held_order_of_a_kit_takes_units_off_all_that_need_them(self):
        """Nothing in Odoo holds them yet: 4 of 10 mugs are sold with the tea set."""
        self.shop.buy([("SET", 1)], status_id=12)
        self.run_cron("cron_import_orders")
        self.push()
        self.assertEqual(self.shop.stock("MUG-1"), 6)
        self.assertEqual([self.shop.stock("SET"), self.shop.stock("BOX")], [1, 1])

    def test_a_held_order_of_a_component_takes_off_the_kits(self):
        self.shop.buy([("MUG-1", 3)], status_id=12)
        self.run_cron("cron_import_orders")
        self.push()
        self.assertEqual(self.shop.stock("MUG-1"), 7)
        self.assertEqual([self.shop.stock("SET"), self.shop.stock("BOX")], [1, 1])

    def test_a_delivery_that_waits_for_a_component_takes_off_the_kits(self):
        move = self.env["stock.move"].create(
            {
                "product_id": self.mug.id,
                "product_uom_qty": 7,
                "location_id": self.env.ref("stock.warehouse0").lot_stock_id.id,
                "location_dest_id": self.env.ref("stock.stock_location_customers").id,
            }
        )
        move._action_confirm()
        self.push()
        self.assertEqual(self.shop.stock("MUG-1"), 3)
        self.assertEqual([self.shop.stock("SET"), self.shop.stock("BOX")], [0, 0])

    def test_why_this_number_of_a_kit(self):
        self.shop.buy([("SET", 1)], status_id=12)
        self.run_cron("cron_import_orders")
        self.push()
        lines = self.level("SET").explanation.split("\n")
        self.assertEqual(lines[0], "2 on hand")
        self.assertIn("− 1 sold by the store, not here yet", lines)

    def test_the_initial_stock_leaves_kits_alone(self):
        self.backend.sync_inventory = False
        answer = self.run_action("action_take_initial_stock")
        self.assertIn("2 left alone", answer["params"]["message"])
        self.assertFalse(
            self.env["stock.quant"].search([("product_id", "=", self.set.id)])
        )
