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
