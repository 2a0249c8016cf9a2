from odoo.tests import tagged

from ...simulator import Item
from .proof_case import ProofCase


@tagged("post_install", "-at_install")
class TestProofEqual(ProofCase):
    """A day whose orders are in Odoo as they are in the store."""

    def test_sold_orders(self):
        self.sold(2)
        self.sold(3, coupon=("TEN", 10), shipping_cost="4.99")
        self.assertEqualDays()
        (proof,) = self.proofs()
        self.assertEqual((proof.orders_store, proof.orders_odoo), (2, 2))
        # 2 x 10 + 5, and 3 x 10 less a tenth + 4.99, with 20 % tax
        self.assertEqual(proof.amount_store, 30.00 + 38.39)
        self.assertEqual(proof.currency_id.name, "USD")
        self.assertFalse(proof.line_ids)

    def test_several_delivery_addresses_are_one_order(self):
        order = self.import_order(
            [Item("MUG-1", 2), Item("TSH-1", 1, place=1)],
            addresses=[{"city": "Austin"}, {"city": "Bend"}],
        )
        self.assertEqual(len(order.sale_order_ids), 2)
        self.assertEqualDays()
        self.assertEqual(self.proofs().orders_odoo, 1)

    def test_partial_shipments(self):
        order = self.sold(3)
        self.deliver(order, {"MUG-1": 2})
        self.export()
        self.assertEqualDays()
        self.assertEqual(self.proofs().shipped_store, 2)
        self.deliver(order)
        self.export()
        self.assertEqualDays()
        self.assertEqual(self.proofs().shipped_store, 3)

    def test_what_came_back_was_shipped_all_the_same(self):
        order = self.sold(2)
        self.send_back(self.deliver(order))
        self.export()
        self.assertEqualDays()

    def test_goods_that_are_collected_are_no_shipments(self):
        location_id = self.shop.catalog.add_location("Corner")
        order = self.import_order([("MUG-1", 2)], pickup=location_id)
        self.deliver(order)
        self.export()
        self.assertEqualDays()
        self.assertEqual(self.proofs().shipped_odoo, 0)

    def test_refunds_with_their_credit_notes(self):
        order = self.sold()
        self.shop.refund(order.remote_id, "10.00")
        self.import_changes()
        self.assertEqualDays()
        self.assertEqual(self.proofs().refunded_store, 10.0)
        self.let_time_pass()
        self.shop.refund(order.remote_id, "5.50")
        # a refund that the provider declined was none
        self.shop.refund(order.remote_id, "2.00", is_declined=True)
        self.import_changes()
        self.assertEqualDays()
        self.assertEqual(self.proofs().refunded_odoo, 15.5)

    def test_a_credit_note_written_by_hand(self):
        self.payment.invoicing = "none"
        order = self.sold()
        self.shop.refund(order.remote_id, "30.00")
        self.deliver(order)
        self.export()
        self.import_changes()
        invoice = order.sale_order_ids._create_invoices()
        invoice.action_post()
        invoice._reverse_moves([{}])
        self.assertEqual(self.prove().state, "equal", self.found())
        self.assertEqual(self.proofs().refunded_odoo, 30.0)

    def test_orders_cancelled_on_both_sides_count_on_none(self):
        self.payment.invoicing = "none"
        for status_id in (5, 4):
            order = self.sold()
            self.shop.set_status(order.remote_id, status_id)
            self.import_changes()
            self.assertEqual(order.sale_order_ids.state, "cancel")
        self.assertEqualDays()
        self.assertEqual(self.proofs().orders_store, 0)

    def test_an_order_refunded_wholly_whose_invoice_was_credited(self):
        order = self.sold()
        self.shop.refund(order.remote_id, "30.00")
        self.import_changes()
        self.assertEqualDays()
        self.assertEqual(self.proofs().refunded_odoo, 30.0)

    def test_certificates_and_store_credit_are_payments(self):
        self.sold(gift_certificate="10.00", store_credit="5.00")
        self.sold(store_credit="30.00")
        self.assertEqualDays()
        self.assertEqual(self.proofs().amount_odoo, 60.0)

    def test_tax_on_a_line_of_its_own_is_tax(self):
        tax = self.backend.tax_mapping_ids.filtered(lambda row: row.rate == 20)
        tax.write({"tax_id": False, "is_collected": True})
        self.backend.collected_tax_account_id = self.env["account.account"].search(
            [("account_type", "=", "liability_current")], limit=1
        )
        order = self.sold()
        self.assertFalse(order.sale_order_ids.amount_tax)
        self.assertEqualDays()
        self.assertEqual(self.proofs().tax_odoo, 5.0)

    def test_each_currency_has_a_proof_of_its_own(self):
        for name in ("EUR", "JPY"):
            self.env["res.currency"].with_context(active_test=False).search(
                [("name", "=", name)]
            ).active = True
        self.sold(1, currency="EUR")
        self.sold(2, currency="JPY")
        self.sold(3)
        self.assertEqualDays()
        proofs = self.proofs()
        self.assertEqual(
            {p.currency_id.name: p.amount_odoo for p in proofs},
            {"EUR": 18.0, "JPY": 30.0, "USD": 42.0},
        )
        self.assertEqual(len(set(proofs.mapped("date"))), 1)

    def test_what_is_not_to_be_imported_is_left_out_and_listed(self):
        left_out = self.import_order([("MUG-1", 1)], status_id=1)
        archived = self.shop.buy([("MUG-1", 1)])
        self.shop.archive([archived])
        self.import_changes()
        self.assertEqualDays()
        proof = self.proofs()
        self.assertEqual(
            {line.order_number: line.cause for line in proof.line_ids},
            {left_out.remote_id: "left_out", archived: "archived"},
        )
        self.assertEqual((proof.orders_store, proof.left_out_count), (0, 2))
        self.assertEqual(self.line(left_out).detail, "Pending")

    def test_what_the_store_did_alone_is_left_out_and_says_that_a_person_decides(self):
        order = self.import_order([("MUG-1", 1)], status_id=10)
        self.assertEqualDays()
        self.assertEqual(self.line(order).cause, "left_out")
        self.assertIn("Import it all the same", self.line(order).detail)

    def test_what_the_store_had_shipped_before_the_order_came_in(self):
        number = self.shop.buy([("MUG-1", 3)])
        self.ship_in_store(number, 1)
        self.import_changes()
        order = self.inbox(number)
        self.assertEqualDays()
        self.deliver(order)
        self.export()
        self.assertEqualDays()
        self.assertEqual(self.proofs().shipped_odoo, 3)

    def test_a_second_proof_changes_nothing(self):
        order = self.sold()
        self.shop.set_status(order.remote_id, 5)
        self.import_order([("MUG-1", 1)], status_id=1)
        before = self.snapshot(self.prove())
        lines = self.proofs().line_ids
        self.assertEqual(self.snapshot(self.prove()), before)
        self.assertEqual(self.proofs().line_ids, lines)

    def snapshot(self, proofs):
        names = [name for name in proofs._fields if name != "compared_at"]
        stored = [n for n in names if proofs._fields[n].store and "write" not in n]
        return proofs.read(stored), proofs.line_ids.read()
