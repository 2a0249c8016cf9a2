"""Orders and refunds in, statuses out, the proof."""

from decimal import Decimal

from odoo import fields

from ..orders.taxes.test_order_taxes import US_PARTS
from .operation import Operation


class ImportOrders(Operation):
    at = ("GET", r"/v2/orders$")
    kind = "import_orders"

    def prepare(self):
        self.remote_id = self.buy()

    def again(self):
        if (order := self.case.inbox(self.remote_id)).state == "held":
            self.case.run_action("action_refetch", order)
        self.run_scheduled()

    def check(self):
        self.check_imported(self.remote_id)


class FetchPeriod(ImportOrders):
    def prepare(self):
        self.remote_id = self.buy()
        self.backend.last_order_sync = fields.Datetime.add(
            fields.Datetime.now(), days=1
        )

    def run(self):
        wizard = self.env["bigcommerce.order.fetch"].create(
            {
                "backend_id": self.backend.id,
                "by": "period",
                "date_from": fields.Datetime.subtract(fields.Datetime.now(), days=1),
            }
        )
        self.case.run_action("action_fetch", wizard)
        self.run_scheduled()

    def again(self):
        if self.backend.fetch_back_from:
            self.run_scheduled()
        else:
            self.run()

    def check(self):
        self.check_imported(self.remote_id)
        self.backend.last_order_sync = fields.Datetime.now()


class ImportLongOrder(ImportOrders):
    at = ("GET", r"/v2/orders/\d+/(products|shipping_addresses)$")

    def prepare(self):
        self.remote_id = self.shop.buy([("MUG-1", 1)] * 51)


class ReadTaxLines(Operation):
    at = ("GET", r"/v2/orders/\d+/taxes$")
    kind = "import_orders"

    def prepare(self):
        self.shop.tax_rate = Decimal("8.25")
        self.shop.tax_parts = {Decimal("8.25"): US_PARTS}
        self.remote_id = self.buy()

    def again(self):
        self.case.run_action("action_refetch", self.case.inbox(self.remote_id))
        self.run()

    def check(self):
        order = self.case.inbox(self.remote_id)
        self.case.assertEqual((order.state, order.hold_cause), ("held", "tax"))
        self.case.assertIn("Austin", order.error)


class RefetchOrder(Operation):
    at = ("GET", r"/v2/orders/\d+$")

    def prepare(self):
        self.order = self.imported()

    def run(self):
        self.case.run_action("action_refetch", self.order)

    def check(self):
        self.check_imported(self.order.remote_id)
        self.case.assertFalse(self.order.error)


class ImportRefund(Operation):
    at = ("GET", r"/refunds$")
    kind = "import_orders"

    def prepare(self):
        self.order = self.imported()
        self.refund_id = self.shop.refund(self.order.remote_id, "1.00")

    def check(self):
        refund = self.env["bigcommerce.refund"].search(
            [("order_id", "=", self.order.id)]
        )
        self.case.assertEqual(refund.mapped("remote_id"), [self.refund_id])


class TellStatus(Operation):
    at = ("PUT", r"/v2/orders/\d+$")
    kind = "import_orders"

    def prepare(self):
        self.order = self.imported()
        self.order.sale_order_ids._action_cancel()

    def again(self):
        self.case.run_action("action_retry", self.order)
        self.run()

    def check(self):
        status = self.shop.order(self.order.remote_id)["status_id"]
        self.case.assertEqual(status, 5)


class ProveOrders(Operation):
    at = ("GET", r"/v2/orders$")
    kind = "prove"

    def prepare(self):
        self.order = self.imported()

    def check(self):
        self.case.assertFalse(
            self.env["bigcommerce.proof.line"].search(
                [("order_id", "=", self.order.id)]
            )
        )
        self.case.assertTrue(self.backend.proof_ids)
