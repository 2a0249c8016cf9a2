from datetime import datetime, timedelta, timezone
from decimal import Decimal

from .simulator_case import OrderCase


class TestOrderParts(OrderCase):
    def setUp(self):
        super().setUp()
        self.order_id = self.shop.buy(
            [("MUG-1", 1), ("TSH-1", 1)],
            coupon=("SAVE", 10),
            gift_certificate="5",
            customer_id=7,
        )
        self.path = f"/v2/orders/{self.order_id}"

    def test_each_part_has_an_endpoint(self):
        lines = self.get(f"{self.path}/products")
        self.assertEqual(self.get(f"{self.path}/products/{lines[0]['id']}"), lines[0])
        self.call("GET", f"{self.path}/products/1", status=404)
        (coupon,) = self.get(f"{self.path}/coupons")
        self.assertEqual(coupon["code"], "SAVE")
        self.assertEqual(len(self.get(f"{self.path}/consignments")["shipping"]), 1)
        self.assertEqual(self.get(f"{self.path}/fees"), {"fees": []})
        self.call("GET", f"{self.path}/messages", status=204)
        self.assertEqual(self.get("/v2/order_statuses/11")["id"], 11)
        self.call("GET", "/v2/order_statuses/99", status=404)

    def test_taxes_add_up_to_the_tax_of_the_order(self):
        rows = self.get(f"{self.path}/taxes", details="true")
        total = sum(Decimal(row["line_amount"]) for row in rows)
        self.assertEqual(total, Decimal(self.shop.order(self.order_id)["total_tax"]))
        kinds = {row["line_item_type"] for row in rows}
        self.assertEqual(kinds, {"item", "shipping"})

    def test_transactions_tell_how_it_was_paid(self):
        path = f"/v3/orders/{self.order_id}/transactions"
        rows = self.get(path)["data"]
        total = Decimal(self.shop.order(self.order_id)["total_inc_tax"])
        self.assertEqual(
            [(row["method"], Decimal(str(row["amount"]))) for row in rows],
            [("gift_certificate", Decimal(5)), ("credit_card", total - 5)],
        )
        unpaid = self.shop.buy([("MUG-1", 1)], status_id=7)
        self.call("GET", f"/v3/orders/{unpaid}/transactions", status=204)

    def test_registered_customers_are_listed(self):
        self.shop.buy([("MUG-1", 1)])
        (row,) = self.get("/v3/customers", include="addresses")["data"]
        self.assertEqual((row["id"], len(row["addresses"])), (7, 1))
        self.assertFalse(self.get("/v3/customers", **{"id:in": "8"})["data"])

    def test_refunds_of_several_orders_come_in_one_call(self):
        other = self.shop.buy([("MUG-1", 1)])
        for order_id in (self.order_id, other):
            self.shop.refund(order_id, "1.00")
        path = "/v3/orders/payment_actions/refunds"
        wanted = {"order_id:in": f"{self.order_id},{other}"}
        self.assertEqual(len(self.get(path, **wanted)["data"]), 2)
        (row,) = self.get(path, **{"order_id:in": str(other)})["data"]
        self.assertEqual(row["order_id"], other)
        later = (datetime.now(timezone.utc) + timedelta(hours=1)).isoformat()
        self.assertFalse(self.get(path, **{"created:min": later})["data"])

    def test_deleting_archives_one_order_or_without_an_id_all(self):
        self.call("DELETE", self.path, status=204)
        self.assertTrue(self.shop.order(self.order_id)["is_deleted"])
        other = self.shop.buy([("MUG-1", 1)])
        self.call("DELETE", "/v2/orders/", status=204)
        self.assertTrue(self.shop.order(other)["is_deleted"])
