from odoo.exceptions import UserError
from odoo.tests import tagged

from .proof_case import ProofCase


@tagged("post_install", "-at_install")
class TestProofDifferences(ProofCase):
    """Each kind of difference, made on one side, named with its record and cause."""

    def assertFound(self, order, cause, record, store, odoo):
        """Prove, and look for the only difference of an order.

        :param str store, odoo: as they are shown
        """
        self.assertEqual(self.prove().state, "different")
        line = self.line(order)
        self.assertEqual(line.cause, cause)
        self.assertShown(line, store, odoo)
        self.assertEqual((line.res_model, line.res_id), (record._name, record.id))
        self.assertEqual(line.action_open()["res_id"], record.id)
        self.assertTrue(line.hint)
        return line

    def assertShown(self, line, store, odoo):
        shown = (line.in_store, line.in_odoo)
        self.assertEqual([text.replace("\xa0", " ") for text in shown], [store, odoo])

    def test_in_the_store_and_not_here(self):
        number = self.shop.buy([("MUG-1", 2)])
        self.assertEqual(self.prove().state, "different")
        line = self.proofs().line_ids
        self.assertEqual((line.order_number, line.cause), (number, "missing_odoo"))
        self.assertShown(line, "$ 30.00", "$ 0.00")
        self.assertIn(f"/manage/orders/{number}", line.action_open()["url"])
        self.import_changes()
        self.assertEqualDays()

    def test_here_and_not_in_the_store(self):
        order, other = self.sold(), self.sold()
        del self.shop.book.orders[order.remote_id]
        self.assertFound(
            order, "missing_store", order.sale_order_ids, "$ 0.00", "$ 30.00"
        )
        self.shop.archive([other.remote_id])
        self.assertFound(
            other, "missing_store", other.sale_order_ids, "$ 0.00", "$ 30.00"
        )

    def test_held_here(self):
        order = self.import_order([("MUG-1", 2)], status_id=12)
        line = self.assertFound(order, "held", order, "$ 30.00", "$ 0.00")
        self.assertIn("held for a person", line.detail)

    def test_not_imported_yet(self):
        number = self.shop.buy([("MUG-1", 2)])
        with self.committing() as env:
            store = self.backend.with_env(env)
            env["bigcommerce.order"]._fetch_numbers(store, [number])
        order = self.inbox(number)
        self.assertFound(order, "waiting", order, "$ 30.00", "$ 0.00")

    def test_cancelled_there_and_not_here(self):
        order = self.sold()
        self.shop.set_status(order.remote_id, 5)
        self.assertFound(
            order, "cancelled_store", order.sale_order_ids, "$ 0.00", "$ 30.00"
        )

    def test_cancelled_there_and_its_invoice_stands_here(self):
        order = self.sold()
        self.shop.set_status(order.remote_id, 5)
        self.import_changes()
        sale = order.sale_order_ids
        self.assertEqual(sale.state, "cancel")
        self.assertFound(order, "invoice_open", sale.invoice_ids, "$ 0.00", "$ 30.00")
        sale.invoice_ids._reverse_moves([{}])
        self.assertEqual(self.prove().state, "equal")

    def test_cancelled_here_and_not_there(self):
        order = self.sold()
        order.sale_order_ids._action_cancel()
        self.assertFound(
            order, "cancelled_odoo", order.sale_order_ids, "$ 30.00", "$ 0.00"
        )

    def test_another_total(self):
        order = self.sold()
        sale = order.sale_order_ids
        sale.order_line.create(
            {"order_id": sale.id, "product_id": self.shirt.id, "price_unit": 7}
        )
        self.assertFound(order, "total", sale, "$ 30.00", "$ 37.00")
        self.assertEqual(self.proofs().amount_odoo, 37.0)

    def test_another_tax(self):
        order = self.sold()
        lines = order.sale_order_ids.order_line
        # the same money, and none of it tax
        for line in lines:
            unit = line.price_total / line.product_uom_qty
            line.write({"tax_ids": False, "price_unit": unit, "extra_tax_data": False})
        self.assertFound(order, "tax", order.sale_order_ids, "$ 5.00", "$ 0.00")

    def test_another_currency(self):
        self.env.ref("base.EUR").active = True
        order = self.sold(currency="EUR")
        prices = self.env["product.pricelist"].create(
            {"name": "Dollars", "currency_id": self.env.ref("base.USD").id}
        )
        sale = order.sale_order_ids
        self.env.cr.execute(
            "UPDATE sale_order SET currency_id = %s WHERE id = %s",
            [prices.currency_id.id, sale.id],
        )
        sale.invalidate_recordset()
        self.prove()
        self.assertEqual(self.found(order), ["currency"])
        self.assertEqual(self.line(order).res_id, sale.id)

    def test_shipped_there_and_not_here(self):
        order = self.sold(3)
        self.ship_in_store(order.remote_id, 2)
        self.assertFound(
            order, "shipped_store", self.delivery(order), "Units: 2", "Units: 0"
        )

    def test_set_to_shipped_there_without_a_shipment(self):
        order = self.sold(3)
        self.shop.set_status(order.remote_id, 2)
        self.assertFound(
            order, "shipped_store", self.delivery(order), "Units: 3", "Units: 0"
        )

    def test_shipped_here_and_not_there(self):
        order = self.sold(3)
        picking = self.deliver(order, {"MUG-1": 2})
        self.assertFound(order, "shipped_odoo", picking, "Units: 0", "Units: 2")
        self.sim.faults.add(
            "server_error", status=400, method="POST", path=r"/shipments$"
        )
        self.export()
        parcel = picking.bigcommerce_shipment_ids
        line = self.assertFound(order, "shipped_odoo", parcel, "Units: 0", "Units: 2")
        self.assertEqual(line.detail, parcel.error)

    def test_a_refund_without_credit_note(self):
        self.payment.invoicing = "none"
        order = self.sold()
        self.deliver(order)
        self.export()
        self.shop.refund(order.remote_id, "10.00")
        sale = order.sale_order_ids
        self.assertFound(order, "refund_uncredited", sale, "$ 10.00", "$ 0.00")
        self.import_changes()
        line = self.assertFound(
            order, "refund_uncredited", order.refund_ids, "$ 10.00", "$ 0.00"
        )
        self.assertIn("no posted invoice", line.detail)
        order.sale_order_ids._create_invoices().action_post()
        self.import_changes()
        self.assertEqual(self.prove().state, "equal")

    def test_refunds_that_have_none_beside_one_that_has(self):
        order = self.sold()
        self.shop.refund(order.remote_id, "10.00")
        self.import_changes()
        sale = order.sale_order_ids
        self.shop.refund(order.remote_id, "5.00")
        self.assertFound(order, "refund_uncredited", sale, "$ 5.00", "$ 0.00")
        self.shop.refund(order.remote_id, "1.50")
        self.assertFound(order, "refund_uncredited", sale, "$ 6.50", "$ 0.00")

    def test_a_credit_note_of_another_amount(self):
        order = self.sold()
        self.shop.refund(order.remote_id, "10.00")
        self.import_changes()
        note = order.refund_ids.move_id
        note.invoice_line_ids[0].price_unit += 1
        self.assertFound(
            order,
            "credit_amount",
            note,
            "$ 10.00",
            f"$ {note.amount_total}0",
        )

    def test_a_credit_note_that_the_store_knows_nothing_of(self):
        order = self.sold()
        note = order.sale_order_ids.invoice_ids._reverse_moves([{}])
        self.assertFound(order, "credit_alone", note, "$ 0.00", "$ 30.00")

    def test_an_edit_that_was_not_followed(self):
        order = self.sold()
        line_id = order.sale_order_ids.order_line[0].bigcommerce_line_id
        self.shop.edit_lines(order.remote_id, {line_id: 3})
        self.import_changes()
        # it is invoiced: a person was asked, nothing was changed
        self.assertEqual(self.prove().difference_count, 2)
        self.assertEqual(self.found(order), ["total", "tax"])

    def test_several_things_are_several_lines(self):
        order = self.sold(3)
        self.ship_in_store(order.remote_id, 1)
        self.shop.refund(order.remote_id, "10.00")
        self.assertEqual(self.prove().difference_count, 2)
        self.assertEqual(self.found(order), ["shipped_store", "refund_uncredited"])

    def test_what_is_mended_is_gone(self):
        order = self.sold(3)
        self.deliver(order)
        self.assertEqual(self.prove().state, "different")
        self.export()
        self.assertEqualDays()

    def test_a_record_that_is_gone_is_said_to_be(self):
        order = self.sold()
        self.shop.refund(order.remote_id, "10.00")
        self.import_changes()
        note = order.refund_ids.move_id
        note.invoice_line_ids[0].price_unit += 1
        self.prove()
        line = self.line(order)
        note.unlink()
        with self.assertRaisesRegex(UserError, "no longer there"):
            line.action_open()
