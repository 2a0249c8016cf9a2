from datetime import datetime, timedelta, timezone
from decimal import Decimal
from email.utils import format_datetime, parsedate_to_datetime
from urllib.parse import quote

from ...simulator import Item, OutOfStock
from ...simulator.pricing.rounding import Rounding
from .simulator_case import OrderCase

INCLUDES = {
    "include": "consignments.line_items,fees",
    "consignment_structure": "object",
}


class TestShopping(OrderCase):
    def test_units_are_taken_at_once_and_refused_when_there_are_none(self):
        self.shop.buy([("MUG-1", 8)])
        self.assertEqual(self.shop.stock("MUG-1"), 2)
        with self.assertRaises(OutOfStock):
            self.shop.buy([("TSH-1", 1), ("MUG-1", 3)])
        self.assertEqual(self.shop.stock("TSH-1"), 10)

    def test_a_cancelled_order_gives_its_units_back(self):
        order_id = self.shop.buy([("MUG-1", 8)])
        self.call("PUT", f"/v2/orders/{order_id}", {"status_id": 5})
        self.assertEqual(self.shop.stock("MUG-1"), 10)
        self.call("PUT", f"/v2/orders/{order_id}", {"status_id": 11})
        self.assertEqual(self.shop.stock("MUG-1"), 2)

    def test_an_unpaid_order_takes_its_units_when_it_is_paid(self):
        order_id = self.shop.buy([("MUG-1", 8)], status_id=0)
        self.assertEqual(self.shop.stock("MUG-1"), 10)
        self.shop.set_status(order_id, 11)
        self.assertEqual(self.shop.stock("MUG-1"), 2)

    def test_what_cannot_be_changed_of_an_order_is_refused(self):
        order_id = self.shop.buy([("MUG-1", 1)])
        for body in ({}, {"status_id": 99}, {"status_id": True}, {"products": []}, []):
            self.call("PUT", f"/v2/orders/{order_id}", body, status=400)
        self.assertEqual(self.shop.order(order_id)["status_id"], 11)

    def test_a_currency_without_decimals_is_rounded_to_whole_numbers(self):
        self.shop.currency = "JPY"
        self.shop.add_product("Pin", sku="PIN", price="333", stock=3)
        order_id = self.shop.buy([("PIN", 1)], shipping_cost="0")
        self.assertEqual(self.shop.order(order_id)["total_inc_tax"], "400.0000")

    def test_digital_goods_are_downloads_and_have_no_address(self):
        self.shop.add_product("E-book", sku="EBOOK", type="digital", tracking="none")
        order_id = self.shop.buy([("EBOOK", 1)])
        order = self.get(f"/v2/orders/{order_id}", **INCLUDES)
        (download,) = order["consignments"]["downloads"]
        self.assertEqual(download["line_items"][0]["order_address_id"], 0)
        self.assertTrue(order["order_is_digital"])
        self.assertEqual(order["shipping_cost_inc_tax"], "0.0000")
        path = f"/v2/orders/{order_id}/shipping_addresses"
        self.call("GET", path, status=204)

    def test_an_order_adds_up(self):
        for inclusive in (False, True):
            self.shop.tax_inclusive = inclusive
            order_id = self.shop.buy(
                [("MUG-1", 3), ("TSH-1", 1)], coupon=("SAVE", 15), shipping_cost="4.90"
            )
            order = self.get(f"/v2/orders/{order_id}", **INCLUDES)
            (part,) = order["consignments"]["shipping"]
            paid = sum(
                Decimal(line["discounted_total_inc_tax"]) for line in part["line_items"]
            )
            total = paid + Decimal(order["shipping_cost_inc_tax"])
            self.assertEqual(Decimal(order["total_inc_tax"]), total)
            self.assertEqual(
                Decimal(order["subtotal_inc_tax"]) - Decimal(order["coupon_discount"]),
                paid,
            )
            self.assertEqual(
                Decimal(order["total_inc_tax"]) - Decimal(order["total_tax"]),
                Decimal(order["total_ex_tax"]),
            )


class TestPayments(OrderCase):
    def test_an_offline_method_waits_for_its_payment(self):
        for method, status in (("Bank Deposit", "pending"), ("PayPal", "captured")):
            order_id = self.shop.buy([("MUG-1", 1)], payment_method=method)
            order = self.get(f"/v2/orders/{order_id}")
            self.assertEqual(order["payment_status"], status)

    def test_a_refund_moves_the_payment_status(self):
        order_id = self.shop.buy([("MUG-1", 1)])
        total = Decimal(self.shop.order(order_id)["total_inc_tax"])
        for amount, status, status_id in (
            (Decimal(1), "partially refunded", 14),
            (total - 1, "refunded", 4),
        ):
            self.shop.refund(order_id, amount)
            order = self.get(f"/v2/orders/{order_id}")
            self.assertEqual(order["payment_status"], status)
            self.assertEqual(order["status_id"], status_id)

    def test_shipped_dates_the_order(self):
        order_id = self.shop.buy([("MUG-1", 1)])
        self.assertEqual(self.get(f"/v2/orders/{order_id}")["date_shipped"], "")
        changed = self.call("PUT", f"/v2/orders/{order_id}", {"status_id": 2})
        self.assertTrue(parsedate_to_datetime(changed["date_shipped"]))
        self.assertFalse(self.shop.shipments(order_id))

    def test_net_amounts_may_have_fractions_of_a_cent(self):
        self.shop.tax_inclusive = True
        self.shop.rounding = Rounding("document")
        order_id = self.shop.buy([("MUG-1", 1)], shipping_cost="0")
        order = self.get(f"/v2/orders/{order_id}")
        self.assertEqual(order["subtotal_inc_tax"], "9.9900")
        self.assertEqual(order["subtotal_ex_tax"], "8.3250")
        self.assertEqual(order["total_inc_tax"], "9.9900")


class TestOrderLists(OrderCase):
    def test_an_empty_list_is_204(self):
        self.call("GET", "/v2/orders", status=204)
        order_id = self.shop.buy([("MUG-1", 1)])
        self.call("GET", f"/v2/orders/{order_id}/shipments", status=204)
        self.call("GET", "/v2/orders", page=2, status=204)

    def test_filters_and_pages_are_kept(self):
        ids = [self.shop.buy([("MUG-1", 1)]) for _time in range(5)]
        rows = self.get("/v2/orders", min_id=ids[1], limit=2, sort="id:asc")
        self.assertEqual([row["id"] for row in rows], ids[1:3])
        rows = self.get("/v2/orders", sort="id:desc", limit=1)
        self.assertEqual(rows[0]["id"], ids[-1])
        later = format_datetime(datetime.now(timezone.utc) + timedelta(hours=1))
        self.call("GET", "/v2/orders", min_date_modified=later, status=204)
        self.call("GET", "/v2/orders", min_total="much", status=400)
        self.call("GET", "/v2/orders", limit=251, status=400)
        self.call("GET", "/v2/orders", include="products", status=400)
        self.assertEqual(self.get("/v2/orders/count")["count"], 5)

    def test_a_date_that_cannot_be_read_is_ignored_without_a_word(self):
        self.shop.buy([("MUG-1", 1)])
        later = format_datetime(datetime.now(timezone.utc) + timedelta(hours=1))
        self.call("GET", "/v2/orders", min_date_modified=later, status=204)
        rows = self.get("/v2/orders", min_date_modified=quote(later))
        self.assertEqual(len(rows), 1)

    def test_orders_are_found_by_total_and_texts(self):
        cheap = self.shop.buy([("MUG-1", 1)], payment_method="PayPal")
        dear = self.shop.buy([("TSH-1", 2)])
        for filters, order_id in (
            ({"min_total": 40}, dear),
            ({"max_total": 40}, cheap),
            ({"payment_method": "PayPal"}, cheap),
            ({"cart_id": self.shop.order(dear)["cart_id"]}, dear),
        ):
            (row,) = self.get("/v2/orders", **filters)
            self.assertEqual(row["id"], order_id)

    def test_parts_that_were_not_asked_for_are_links(self):
        order_id = self.shop.buy([("MUG-1", 1)])
        order = self.get(f"/v2/orders/{order_id}")
        self.assertEqual(
            order["consignments"]["resource"], f"/orders/{order_id}/consignments"
        )
        self.assertEqual(
            order["shipping_addresses"]["resource"],
            f"/orders/{order_id}/shippingaddresses",
        )
        # the array that stores still send without the parameter is in no spec
        self.sim.observers.clear()
        legacy = self.get(f"/v2/orders/{order_id}", include="consignments")
        self.assertIsInstance(legacy["consignments"], list)

    def test_more_than_fifty_lines_come_with_a_warning(self):
        for number in range(51):
            self.shop.add_product(f"Pin {number}", sku=f"PIN-{number}", stock=1)
        order_id = self.shop.buy([(f"PIN-{number}", 1) for number in range(51)])
        order = self.get(f"/v2/orders/{order_id}", **INCLUDES)
        (part,) = order["consignments"]["shipping"]
        self.assertEqual(len(part["line_items"]), 50)
        self.assertIn("__warning__", part)
        lines = self.get(f"/v2/orders/{order_id}/products", limit=250)
        self.assertEqual(len(lines), 51)


class TestShipments(OrderCase):
    def test_a_shipment_moves_the_order_and_mails_the_shopper(self):
        order_id = self.shop.buy([("MUG-1", 2), ("TSH-1", 1)])
        self.ship(order_id, 1, 0, tracking_number="1Z", comments="WH/OUT/1")
        self.assertEqual(self.shop.order(order_id)["status_id"], 3)
        self.ship(order_id, 1, 1)
        order = self.shop.order(order_id)
        self.assertEqual((order["status_id"], order["items_shipped"]), (2, 3))
        mails = [mail for mail in self.shop.mails if mail["kind"] == "shipment"]
        self.assertEqual(len(mails), 2)
        rows = self.get(f"/v2/orders/{order_id}/shipments")
        self.assertEqual(rows[0]["comments"], "WH/OUT/1")

    def test_nonsense_is_refused(self):
        order_id = self.shop.buy([("MUG-1", 2)])
        self.ship(order_id, 3, status=400)
        self.ship(order_id, 1.5, status=400)
        self.ship(order_id, status=400)
        self.ship(order_id, 1, order_address_id=1, status=400)
        self.ship(order_id, 1, tracking_number="9" * 51, status=400)
        self.ship(order_id, 1, shipping_provider="pigeon", status=400)
        self.ship(order_id, 1, shipping_provider="carrier_x", status=400)
        self.ship(order_id, 1, tracking_carrier="Royal Mail", status=400)
        line_id = self.lines(order_id)[0]["id"]
        for items in (
            [{"order_product_id": line_id}],
            ["all"],
            [{"order_product_id": line_id, "quantity": 2}] * 2,
        ):
            self.ship(order_id, items=items, status=400)
        self.call("POST", f"/v2/orders/{order_id}/shipments", [], status=400)
        self.assertFalse(self.shop.shipments(order_id))

    def test_tracking_can_be_corrected_and_items_cannot(self):
        order_id = self.shop.buy([("MUG-1", 2)])
        shipment = self.ship(order_id, 1)
        path = f"/v2/orders/{order_id}/shipments/{shipment['id']}"
        changed = self.call("PUT", path, {"tracking_number": "2Z"})
        self.assertEqual(changed["tracking_number"], "2Z")
        self.assertEqual(changed["items"], shipment["items"])
        self.call("PUT", path, {"items": []}, status=400)

    def test_a_refunded_unit_is_not_shipped(self):
        order_id = self.shop.buy([("MUG-1", 2)])
        item = {
            "item_type": "PRODUCT",
            "item_id": self.lines(order_id)[0]["id"],
            "quantity": 1,
            "requested_amount": 12.0,
        }
        self.shop.refund(order_id, "12.00", items=[item])
        self.ship(order_id, 2, status=400)
        self.ship(order_id, 1)
        self.assertEqual(self.shop.order(order_id)["status_id"], 2)

    def test_a_completed_order_keeps_its_status(self):
        order_id = self.shop.buy([("MUG-1", 1)], status_id=10)
        self.ship(order_id, 1)
        self.assertEqual(self.shop.order(order_id)["status_id"], 10)

    def test_a_deleted_shipment_leaves_the_status(self):
        order_id = self.shop.buy([("MUG-1", 2)])
        path = f"/v2/orders/{order_id}/shipments"
        first, _second = self.ship(order_id, 1), self.ship(order_id, 1)
        self.call("DELETE", f"{path}/{first['id']}", status=204)
        self.assertEqual(self.get(f"{path}/count"), {"count": 1})
        self.call("DELETE", path, status=204)
        order = self.shop.order(order_id)
        self.assertEqual((order["items_shipped"], order["status_id"]), (0, 2))


class TestShapesOfOrders(OrderCase):
    """What a shopper may ask for, and where the API puts it."""

    def test_several_addresses_each_with_its_lines_and_costs(self):
        order_id = self.shop.buy(
            [Item("MUG-1", 2), Item("TSH-1", 1, place=1), Item("MUG-1", 1, place=1)],
            addresses=[
                {"city": "Austin", "shipping_cost": "5.00"},
                {"city": "Bend", "shipping_cost": "7.50", "shipping_method": "Air"},
            ],
        )
        order = self.get(f"/v2/orders/{order_id}", **INCLUDES)
        first, second = order["consignments"]["shipping"]
        self.assertEqual([first["items_total"], second["items_total"]], [2, 2])
        self.assertEqual(second["shipping_method"], "Air")
        self.assertEqual(
            [line["order_address_id"] for line in second["line_items"]],
            [second["id"], second["id"]],
        )
        self.assertEqual(order["shipping_cost_ex_tax"], "12.5000")
        self.assertEqual(order["shipping_address_count"], 2)

    def test_goods_that_are_collected_have_no_address_and_no_shipping(self):
        location_id = self.shop.catalog.add_location("Shop")
        order_id = self.shop.buy([("MUG-1", 1)], pickup=location_id)
        order = self.get(f"/v2/orders/{order_id}", **INCLUDES)
        (pickup,) = order["consignments"]["pickups"]
        (line,) = pickup["line_items"]
        self.assertEqual(pickup["location"]["id"], location_id)
        self.assertEqual(line["order_pickup_method_id"], pickup["id"])
        self.assertEqual(line["order_address_id"], 0)
        self.assertEqual(order["consignments"]["shipping"], [])
        self.assertEqual(order["shipping_cost_inc_tax"], "0.0000")

    def test_gift_certificates_custom_items_and_bundles(self):
        order_id = self.shop.buy(
            [
                Item(name="$50 Certificate", price="50", type="giftcertificate"),
                Item(name="Engraving", price="12"),
                Item("TSH-1", 1, parts=(("MUG-1", 2),)),
            ]
        )
        order = self.get(f"/v2/orders/{order_id}", **INCLUDES)
        (mailed,) = order["consignments"]["email"]["gift_certificates"]
        self.assertEqual(mailed["line_items"][0]["total_inc_tax"], "50.0000")
        custom, shirt, mug = order["consignments"]["shipping"][0]["line_items"]
        self.assertEqual((custom["product_id"], custom["sku"]), (0, ""))
        self.assertNotIn("variant_id", custom)
        self.assertEqual(mug["parent_order_product_id"], shirt["id"])
        self.assertEqual(mug["total_inc_tax"], "0.0000")
        self.assertEqual(self.shop.stock("MUG-1"), 8)

    def test_every_kind_of_cost_and_discount_is_in_the_total(self):
        for inclusive in (False, True):
            self.shop.tax_inclusive = inclusive
            order_id = self.shop.buy(
                [Item("MUG-1", 3, wrapping="2"), Item("TSH-1", 1, discount="1.50")],
                coupon=("SAVE", 10),
                promotion=("Spring", 5),
                discount="3.33",
                handling="4",
                fees=[("Insurance", "1.99")],
            )
            order = self.get(f"/v2/orders/{order_id}", **INCLUDES)

            def amount(name, order=order):
                return Decimal(order[name])

            self.assertEqual(
                amount("total_inc_tax"),
                amount("subtotal_inc_tax")
                - amount("coupon_discount")
                - amount("discount_amount")
                + amount("shipping_cost_inc_tax")
                + amount("handling_cost_inc_tax")
                + amount("wrapping_cost_inc_tax")
                + Decimal(order["fees"][0]["cost_inc_tax"]),
            )
            self.assertGreater(amount("discount_amount"), Decimal("4.83"))

    def test_a_line_taken_out_stays_with_quantity_0(self):
        order_id = self.shop.buy([("MUG-1", 3), ("TSH-1", 1)])
        mug, _shirt = self.shop.order(order_id)["products"]
        self.shop.edit_lines(order_id, {mug["id"]: 0}, added=[("TSH-1", 2)])
        rows = self.shop.order(order_id)["products"]
        self.assertEqual([row["quantity"] for row in rows], [0, 1, 2])
        self.assertEqual(rows[0]["discounted_total_inc_tax"], "0.0000")
        self.assertEqual(self.shop.stock("MUG-1"), 10)
        self.assertEqual(self.shop.stock("TSH-1"), 7)
