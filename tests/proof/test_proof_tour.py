from odoo.tests import HttpCase, new_test_user, tagged

from .proof_case import ProofCase


@tagged("post_install", "-at_install")
class TestProofTour(ProofCase, HttpCase):
    def test_a_user_reads_the_proof_and_opens_what_differs(self):
        cancelled, shipped, changed = (self.sold(2) for _number in range(3))
        self.shop.set_status(cancelled.remote_id, 5)
        self.deliver(shipped, {"MUG-1": 1})
        sale = changed.sale_order_ids
        sale.order_line.create(
            {"order_id": sale.id, "product_id": self.shirt.id, "price_unit": 7}
        )
        new_test_user(
            self.env,
            "reader",
            password="reader",
            groups="connector_bigcommerce.group_user,stock.group_stock_user",
        )
        self.start_tour(
            f"/odoo/bigcommerce-stores/{self.backend.id}",
            "bigcommerce_proof",
            login="reader",
        )
        self.assertEqual(self.proofs().difference_count, 3)
