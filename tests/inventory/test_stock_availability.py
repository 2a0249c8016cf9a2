from odoo.tests import tagged

from .test_stock_push import StockCase


class PlacesCase(StockCase):
    """A warehouse with two shelves below its stock."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.warehouse = cls.env.ref("stock.warehouse0")
        cls.left, cls.right = cls.env["stock.location"].create(
            [
                {"name": name, "location_id": cls.warehouse.lot_stock_id.id}
                for name in ("Left", "Right")
            ]
        )

    def put(self, product, place, units):
        self.env["stock.quant"]._update_available_quantity(product, place, units)

    def wait_for(self, product, units):
        """Confirm a delivery from the warehouse that reserves nothing yet."""
        move = self.env["stock.move"].create(
            {
                "product_id": product.id,
                "product_uom_qty": units,
                "location_id": self.warehouse.lot_stock_id.id,
                "location_dest_id": self.env.ref("stock.stock_location_customers").id,
            }
        )
        move._action_confirm()
        return move

    def add_location(self, label, places):
        number = self.shop.catalog.add_location(label)
        self.backend.action_fetch_settings()
        location = self.backend.location_ids.filtered(lambda x: x.remote_id == number)
        location.location_ids = places
        return number


@tagged("post_install", "-at_install")
class TestChildLocation(PlacesCase):
    """A store location may stand for a shelf, while deliveries start at the stock."""

    def setUp(self):
        super().setUp()
        self.backend.location_ids.location_ids = self.left
        self.put(self.mug, self.left, 5)

    def test_a_delivery_that_waits_above_takes_from_the_shelf(self):
        self.set_stock(self.mug, 0)
        self.wait_for(self.mug, 3)
        self.push()
        self.assertEqual(self.shop.stock("MUG-1"), 2)

    def test_not_what_lies_beside_the_shelf_can_serve(self):
        """Ten more lie in the stock itself: three that are wanted come from there."""
        self.wait_for(self.mug, 3)
        self.push()
        self.assertEqual(self.shop.stock("MUG-1"), 5)
        self.wait_for(self.mug, 9)
        self.push()
        self.assertEqual(self.shop.stock("MUG-1"), 3, "12 wanted, 10 lie beside it")

    def test_what_another_location_lists_serves_nothing(self):
        """Both shelves are listed: one of them alone must not count on the other."""
        self.set_stock(self.mug, 0)
        self.put(self.mug, self.right, 5)
        number = self.add_location("Second", self.right)
        self.wait_for(self.mug, 3)
        self.push()
        self.assertEqual(self.shop.stock("MUG-1"), 2)
        self.assertEqual(self.shop.stock("MUG-1", number), 2)


@tagged("post_install", "-at_install")
class TestForecast(PlacesCase):
    def test_units_below_a_location_count_once(self):
        self.backend.quantity_basis = "forecast"
        self.put(self.mug, self.left, 5)
        self.wait_for(self.mug, 4)
        self.push()
        self.assertEqual(self.shop.stock("MUG-1"), 11, "10 and 5, less 4")

    def test_what_is_to_be_picked_first_is_on_its_way_out(self):
        """In 19 the last move of a chain comes only after the pick."""
        self.warehouse.delivery_steps = "pick_ship"
        self.backend.quantity_basis = "forecast"
        self.import_order([("MUG-1", 4)])
        self.push()
        self.assertEqual(self.shop.stock("MUG-1"), 6)


@tagged("post_install", "-at_install")
class TestPickup(PlacesCase):
    """What shoppers collect leaves the location where they collect it."""

    def test_a_held_order_is_taken_off_where_it_is_collected(self):
        self.put(self.mug, self.right, 6)
        number = self.add_location("Outlet", self.right)
        default = self.backend.location_ids.filtered(lambda x: x.remote_id == 1)
        default.location_ids = self.left
        self.put(self.mug, self.left, 7)
        self.push()
        self.shop.buy([("MUG-1", 2)], status_id=12, pickup=number)
        self.run_cron("cron_import_orders")
        self.push()
        self.assertEqual(self.shop.stock("MUG-1", number), 4)
        self.assertEqual(self.shop.stock("MUG-1"), 7)

    def test_off_the_default_one_where_that_location_is_not_listed(self):
        number = self.add_location("Outlet", self.env["stock.location"])
        self.shop.buy([("MUG-1", 2)], status_id=12, pickup=number)
        self.run_cron("cron_import_orders")
        self.push()
        self.assertEqual(self.shop.stock("MUG-1"), 8)


@tagged("post_install", "-at_install")
class TestOneProductManyListings(StockCase):
    """Several listings may sell the same Odoo product."""

    def add_caps(self, tracking):
        self.shop.add_product(
            "Cap",
            tracking=tracking,
            variants=[
                {"sku": f"CAP-{c}", "options": {"Color": c}, "stock": 1} for c in "RB"
            ],
        )
        self.run_action("action_link_products")
        caps = self.env["bigcommerce.variant"].search([("sku", "like", "CAP-")])
        caps.product_id = self.mug
        self.push()

    def test_a_product_tracked_as_one_counts_it_once(self):
        self.add_caps("product")
        self.assertEqual(self.shop.stock("CAP-R"), 10)

    def test_each_variant_shows_all_there_are(self):
        self.add_caps("variant")
        self.assertEqual(self.shop.stock("CAP-R"), 10)
        self.assertEqual(self.shop.stock("CAP-B"), 10)

    def test_the_largest_of_their_own_limits_counts(self):
        self.add_caps("product")
        self.level("CAP-R").variant_id.write(
            {"override_rules": True, "max_quantity": 3}
        )
        self.push()
        self.assertEqual(self.shop.stock("CAP-R"), 10)


@tagged("post_install", "-at_install")
class TestInitialStockOfVariants(StockCase):
    """A store that tracks a product as one does not know its variants' stock."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.shop.add_product(
            "Cap",
            tracking="product",
            variants=[
                {"sku": f"CAP-{c}", "options": {"Color": c}, "stock": n}
                for c, n in (("R", 8), ("B", 5))
            ],
        )
        cls.caps = cls.env["product.product"].create(
            [
                {"name": sku, "default_code": sku, "is_storable": True}
                for sku in ("CAP-R", "CAP-B")
            ]
        )

    def setUp(self):
        super().setUp()
        self.backend.sync_inventory = False
        self.shop.settle()
        self.shop.catalog.take(self.shop.catalog.variant_by_sku("CAP-R"), -13)

    def test_it_is_divided_among_them_and_said(self):
        answer = self.run_action("action_take_initial_stock")
        self.assertEqual(self.caps.mapped("qty_available"), [7, 6])
        self.assertIn("divided evenly", answer["params"]["message"])
        self.backend.sync_inventory = True
        self.push()
        self.assertEqual(self.shop.stock("CAP-R"), 13, "as before")

    def test_one_product_behind_them_gets_it_once(self):
        self.level("CAP-B").variant_id.product_id = self.caps[0]
        self.run_action("action_take_initial_stock")
        self.assertEqual(self.caps[0].qty_available, 13)

    def test_what_is_reserved_and_lies_elsewhere_is_left_out(self):
        attic = self.env["stock.location"].create(
            {
                "name": "Attic",
                "location_id": self.env.ref("stock.warehouse0").view_location_id.id,
            }
        )
        self.env["stock.quant"]._update_available_quantity(self.caps[0], attic, 2)
        self.run_action("action_take_initial_stock")
        self.assertEqual(self.caps.mapped("qty_available"), [7, 6])
