from datetime import timedelta

from ..shipments.shipment_case import ShipmentCase


class ProofCase(ShipmentCase):
    """A store whose orders are invoiced, despatched and refunded."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        if not cls.env.company.chart_template:
            cls.env["account.chart.template"].try_loading(
                "generic_coa", company=cls.env.company, install_demo=False
            )
        (cls.mug | cls.shirt).invoice_policy = "order"
        payments = cls.env["bigcommerce.payment.mapping"]
        payments.search([("backend_id", "=", cls.backend.id)]).unlink()
        cls.payment = payments.create(
            {
                "backend_id": cls.backend.id,
                "name": "Credit Card",
                "invoicing": "posted",
            }
        )

    def sold(self, quantity=2, **options):
        """Let a shopper buy mugs, import, and return the inbox row."""
        order = self.import_order([("MUG-1", quantity)], **options)
        self.assertEqual(order.state, "imported", order.error)
        return order

    def prove(self):
        """Press the button; return the proofs."""
        self.run_action("action_prove")
        return self.proofs()

    def proofs(self):
        return self.env["bigcommerce.proof"].search(
            [("backend_id", "=", self.backend.id)]
        )

    def found(self, order=None):
        """Return {order number: [causes]} of the differences, or those of one order."""
        lines = self.proofs().line_ids.filtered("is_difference").sorted("id")
        causes = {}
        for line in lines:
            causes.setdefault(line.order_number, []).append(line.cause)
        return causes.get(order.remote_id, []) if order else causes

    def assertEqualDays(self):
        self.assertEqual(set(self.prove().mapped("state")), {"equal"}, self.found())
        for proof in self.proofs():
            for name in ("orders", "amount", "tax", "refunded", "shipped"):
                self.assertEqual(proof[f"{name}_store"], proof[f"{name}_odoo"], name)

    def line(self, order):
        """Return the only difference of an order."""
        line = self.proofs().line_ids.filtered(
            lambda line: line.order_number == order.remote_id
        )
        self.assertEqual(len(line), 1, self.found(order))
        return line

    def let_time_pass(self, **span):
        """Move the store's clock on: changes within a second look the same."""
        later = self.shop.now() + timedelta(**span or {"minutes": 1})
        self.shop.now = lambda: later

    def import_changes(self):
        self.run_cron("cron_import_orders")

    def ship_in_store(self, number, quantity):
        """Make a shipment of an order of one line in the store's control panel."""
        (line,) = self.shop.order(number)["products"]
        self.shop.despatch.create(
            self.shop.raw_order(number),
            {
                "order_address_id": line["order_address_id"],
                "items": [{"order_product_id": line["id"], "quantity": quantity}],
            },
        )
