from unittest import SkipTest

from odoo import Command
from odoo.tests import tagged

from .shipment_case import ShipmentCase


@tagged("post_install", "-at_install")
class TestShipmentKit(ShipmentCase):
    """Kits, where Manufacturing is installed: only complete ones are told."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        if "mrp.bom" not in cls.env:
            raise SkipTest("kits need the app Manufacturing (mrp), not installed here")
        _remote_id, kit = cls.add_product("Gift Set", "SET-1", stock=0)
        cls.shop.catalog.stock[1, cls.shop.catalog.variant_by_sku("SET-1")["id"]] = 50
        cls.env["mrp.bom"].create(
            {
                "product_tmpl_id": kit.product_tmpl_id.id,
                "type": "phantom",
                "bom_line_ids": [
                    Command.create({"product_id": part.id, "product_qty": 1})
                    for part in (cls.mug, cls.shirt)
                ],
            }
        )

    def test_a_kit_is_told_with_the_delivery_that_completes_it(self):
        order = self.import_order([("SET-1", 2)])
        self.deliver(order, {"MUG-1": 2, "TSH-1": 1})
        self.export()
        self.assertEqual(self.units_in_store(order), [{"SET-1": 1}])
        self.deliver(order)
        self.export()
        self.assertEqual(self.units_in_store(order), [{"SET-1": 1}, {"SET-1": 1}])

    def test_parts_that_complete_no_kit_are_told_later(self):
        order = self.import_order([("SET-1", 1)])
        self.deliver(order, {"MUG-1": 1})
        self.export()
        self.assertEqual(self.units_in_store(order), [])
        last = self.deliver(order)
        self.send_back(last)
        self.export()
        self.assertEqual(self.units_in_store(order), [{"SET-1": 1}])

    def test_the_proof_counts_complete_kits(self):
        order = self.import_order([("SET-1", 2)])
        for units, kits in (({"MUG-1": 1}, 0), ({"MUG-1": 1, "TSH-1": 1}, 1)):
            last = self.deliver(order, units)
            self.export()
            self.run_action("action_prove")
            (proof,) = self.backend.proof_ids
            self.assertEqual((proof.state, proof.shipped_odoo), ("equal", kits))
        self.send_back(last)
        self.run_action("action_prove")
        self.assertEqual((proof.state, proof.shipped_odoo), ("equal", 1))
