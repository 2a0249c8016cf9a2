from decimal import Decimal

from odoo.tests import tagged

from ...simulator import Item
from ..common import BigCommerceCase


@tagged("post_install", "-at_install")
class TestOrderShapes(BigCommerceCase):
    """Whatever an order is made of becomes lines; nothing is dropped."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        _remote_id, cls.shirt = cls.add_product("T-shirt", "TSH", price="20", stock=900)
        _remote_id, cls.mug = cls.add_product("Mug", "MUG", price="9.99", stock=900)
        cls.fallback = cls.env["product.product"].create(
            {"name": "Made to order", "type": "service"}
        )

    def assert_complete(self, order):
        """All lines are there, and all together is what was charged."""
        self.assertEqual(order.state, "imported", order.error)
        remote = self.shop.order(order.remote_id)
        sales = order.sale_order_ids
        self.assertEqual(
            sorted(filter(None, sales.order_line.mapped("bigcommerce_line_id"))),
            [line["id"] for line in remote["products"]],
        )
        charged = Decimal(remote["total_inc_tax"])
        self.assertEqual(f"{sum(sales.mapped('amount_total')):.2f}", f"{charged:.2f}")

    def product_lines(self, order):
        return order.sale_order_ids.order_line.filtered("bigcommerce_line_id")

    def test_each_delivery_address_is_a_sale_order(self):
        self.backend.order_prefix = "BC-"
        order = self.import_order(
            [Item("TSH", 2), Item("MUG", 1, place=1), Item("TSH", 1, place=1)],
            addresses=[
                {"city": "Austin", "shipping_cost": "5"},
                {"city": "Bend", "shipping_cost": "7.5", "shipping_method": "Air"},
            ],
            fees=[("Insurance", "1.99")],
            coupon=("SAVE", 10),
        )
        self.assert_complete(order)
        first, second = order.sale_order_ids.sorted("id")
        self.assertEqual(
            [first.partner_shipping_id.city, second.partner_shipping_id.city],
            ["Austin", "Bend"],
        )
        self.assertEqual(second.name, f"BC-{order.remote_id}-2")
        goods = second.order_line.filtered("bigcommerce_line_id")
        self.assertEqual(goods.product_id, self.mug | self.shirt)
        self.assertEqual(second.order_line.filtered("is_delivery").price_unit, 7.5)
        self.assertEqual(len(order.sale_order_ids.picking_ids), 2)

    def test_collected_goods_leave_the_warehouse_of_their_location(self):
        warehouse = self.env["stock.warehouse"].create({"name": "Shop", "code": "SHP"})
        location_id = self.shop.catalog.add_location("Shop")
        self.run_action("action_fetch_settings")
        self.backend.location_ids.filtered(
            lambda location: location.remote_id == location_id
        ).location_ids = warehouse.lot_stock_id
        order = self.import_order([("MUG", 1)], pickup=location_id)
        self.assert_complete(order)
        self.assertEqual(order.sale_order_ids.warehouse_id, warehouse)
        self.assertFalse(order.sale_order_ids.carrier_id)

    def test_downloads_take_nothing_from_the_warehouse(self):
        self.shop.add_product("E-book", sku="EBOOK", type="digital", tracking="none")
        goods = self.env["product.product"].create(
            {"name": "E-book", "default_code": "EBOOK", "is_storable": True}
        )
        order = self.import_order([("EBOOK", 2), ("MUG", 1)])
        self.assert_complete(order)
        line = self.product_lines(order).filtered(lambda line: line.product_id == goods)
        self.assertEqual(order.sale_order_ids.picking_ids.product_id, self.mug)
        self.assertEqual(line.qty_delivered, 2, "the store delivered it itself")

    def test_an_order_of_downloads_only(self):
        self.shop.add_product("E-book", sku="EBOOK", type="digital", tracking="none")
        self.env["product.product"].create(
            {"name": "E-book", "default_code": "EBOOK", "type": "service"}
        )
        order = self.import_order([("EBOOK", 1)])
        self.assert_complete(order)
        self.assertFalse(order.sale_order_ids.picking_ids)

    def test_a_gift_certificate_is_sold_without_tax_and_without_stock(self):
        order = self.import_order(
            [Item(name="$50 Gift Certificate", price="50", type="giftcertificate")]
        )
        self.assert_complete(order)
        line = self.product_lines(order)
        self.assertEqual(
            line.product_id,
            self.env.ref("connector_bigcommerce.product_gift_certificate"),
        )
        self.assertEqual((line.price_unit, line.qty_delivered), (50, 1))

    def test_a_custom_item_is_the_fallback_product(self):
        custom = [Item("MUG"), Item(name="Engraving", price="12.50")]
        order = self.import_order(custom)
        self.assertEqual(order.state, "held")
        self.assertIn("Engraving", order.error)
        self.backend.fallback_product_id = self.fallback
        order.action_retry()
        self.assert_complete(order)
        line = self.product_lines(order)[1]
        self.assertEqual((line.product_id, line.name), (self.fallback, "Engraving"))

    def test_the_parts_of_a_bundle_are_sent_at_no_price(self):
        order = self.import_order([Item("TSH", 2, parts=(("MUG", 2),))])
        self.assert_complete(order)
        shirt, mug = self.product_lines(order)
        self.assertEqual((mug.price_unit, mug.product_uom_qty), (0, 2))
        self.assertEqual(
            order.sale_order_ids.picking_ids.move_ids.product_id, self.shirt | self.mug
        )
        shirt.product_uom_qty = 1
        self.assertEqual((shirt.price_unit, mug.price_unit), (20, 0))

    def test_options_stand_on_the_line(self):
        self.shop.add_product(
            "Cap",
            variants=[{"sku": "CAP-R", "options": {"Color": "Red"}, "stock": 5}],
        )
        self.env["product.product"].create({"name": "Cap", "default_code": "CAP-R"})
        line = self.product_lines(self.import_order([("CAP-R", 1)]))
        self.assertEqual(line.name, "[CAP-R] Cap\nColor: Red")

    def test_a_name_of_the_stores_own_stands_on_the_line(self):
        """What is called the same here is named as Odoo does, so that it shows once."""
        line = self.product_lines(self.import_order([("MUG", 1)]))
        self.assertEqual(line.name, line.translated_product_name)
        self.mug.name = "Mug, white"
        line = self.product_lines(self.import_order([("MUG", 1)]))
        self.assertEqual(line.name, "Mug")

    def test_two_lines_of_one_variant_stay_two(self):
        order = self.import_order([("MUG", 1), ("MUG", 2)])
        self.assert_complete(order)
        self.assertEqual(self.product_lines(order).mapped("product_uom_qty"), [1, 2])

    def test_a_line_taken_out_in_the_store_comes_with_quantity_0(self):
        remote_id = self.shop.buy([("MUG", 3), ("TSH", 1)])
        mug = self.shop.order(remote_id)["products"][0]
        self.shop.edit_lines(remote_id, {mug["id"]: 0})
        self.run_cron("cron_import_orders")
        order = self.inbox(remote_id)
        self.assert_complete(order)
        self.assertEqual(self.product_lines(order).mapped("product_uom_qty"), [0, 1])
        self.assertEqual(order.sale_order_ids.picking_ids.product_id, self.shirt)

    def test_251_lines_are_read_page_by_page(self):
        order = self.import_order([("MUG", 1)] * 250 + [("TSH", 1)])
        self.assert_complete(order)
        self.assertEqual(len(self.product_lines(order)), 251)
        self.assertEqual(len(self.sim.calls_to("GET", r"/products$")), 2)

    def test_every_cost_and_discount_has_its_line(self):
        order = self.import_order(
            [Item("MUG", 3, wrapping="2"), Item("TSH", 1, discount="1.5")],
            coupon=("SAVE", 10),
            promotion=("Spring sale", 5),
            discount="3.33",
            handling="4",
            fees=[("Insurance", "1.99")],
            note="Leave it at the door",
        )
        self.assert_complete(order)
        names = order.sale_order_ids.order_line.mapped("name")
        for name in (
            "Flat Rate",
            "Handling",
            "Gift wrapping",
            "Insurance",
            "10% off (SAVE)",
            "Spring sale",
            "Manual Discount",
        ):
            self.assertIn(name, names)
        self.assertEqual(
            order.sale_order_ids.bigcommerce_customer_message, "Leave it at the door"
        )

    def test_only_one_sale_order_can_be_made_of_an_order(self):
        order = self.import_order([("MUG", 1)])
        order.write({"state": "pending", "next_attempt": False})
        order._process()
        self.assertEqual(order.state, "failed")
        self.assertIn("already", order.error)
        self.assertEqual(len(order.sale_order_ids), 1)
