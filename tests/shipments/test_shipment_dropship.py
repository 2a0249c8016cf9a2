from unittest import SkipTest

from odoo import Command
from odoo.tests import tagged

from ...const import PARTIALLY_SHIPPED
from .shipment_case import ShipmentCase

ROUTE = "stock_dropshipping.route_drop_shipping"


@tagged("post_install", "-at_install")
class TestShipmentDropship(ShipmentCase):
    """Goods that a vendor sends, where the app for that is installed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        if not cls.env.ref(ROUTE, False):
            raise SkipTest("needs the app Drop Shipping (stock_dropshipping)")
        vendor = cls.env["res.partner"].create({"name": "Vendor"})
        cls.mug.write(
            {
                "route_ids": [Command.set(cls.env.ref(ROUTE).ids)],
                "seller_ids": [Command.create({"partner_id": vendor.id})],
            }
        )

    def test_what_a_vendor_sends_is_told_and_what_arrives_here_is_not(self):
        order = self.import_order([("MUG-1", 2), ("TSH-1", 1)])
        purchase = self.env["purchase.order"].search(
            [("origin", "ilike", order.sale_order_ids.name)]
        )
        self.deliver(order)
        self.export()
        self.assertEqual(
            self.shop.order(order.remote_id)["status_id"],
            PARTIALLY_SHIPPED,
            "what the vendor has not confirmed is still to be sent",
        )
        purchase.button_confirm()
        sent = purchase.picking_ids
        sent.carrier_tracking_ref = "VENDOR-1"
        sent.move_ids.picked = True
        self.validate(sent)
        self.export()
        self.assertEqual(self.units_in_store(order), [{"TSH-1": 1}, {"MUG-1": 2}])
        remote = self.shop.shipments(order.remote_id)[-1]
        self.assertEqual(remote["tracking_number"], "VENDOR-1")
