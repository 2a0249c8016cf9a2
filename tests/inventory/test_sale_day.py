import random
from collections import Counter

from odoo.tests import tagged

from ...simulator import OutOfStock
from ..common import BigCommerceCase

SKUS = ("MUG", "TSH", "PIN")
STOCK = 12
STEPS = 45
SEEDS = range(5)


@tagged("post_install", "-at_install")
class TestSaleDay(BigCommerceCase):
    """A day of a busy shop: both sides sell the same units, and things go wrong.

    Next to Odoo and the store the test keeps books of its own: what really lies
    there, and who has bought it. More may be sold than there is only of units that
    a counter sold since the store was last told.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.products = {sku: cls.add_product(sku, sku, stock=STOCK)[1] for sku in SKUS}
        warehouse = cls.env["stock.warehouse"].search(
            [("company_id", "=", cls.env.company.id)], limit=1
        )
        cls.stock_location = warehouse.lot_stock_id
        cls.customers = cls.env.ref("stock.stock_location_customers")
        cls.suppliers = cls.env.ref("stock.stock_location_suppliers")

    def setUp(self):
        super().setUp()
        self.run_action("action_link_products")
        self.push()
        self.there = Counter(dict.fromkeys(SKUS, STOCK))
        self.orders = {}
        self.untold = Counter()

    def test_nothing_is_sold_that_the_store_could_have_known_to_be_gone(self):
        for seed in SEEDS:
            with self.subTest(seed=seed):
                self.play(random.Random(seed))
                self.close()

    def play(self, chance):
        acts = {
            self.shopper_buys: 14,
            self.counter_sells: 5,
            self.goods_arrive: 3,
            self.shopper_cancels: 3,
            self.warehouse_ships: 4,
            self.something_breaks: 2,
            self.orders_come_in: 4,
            self.push: 8,
        }
        for _step in range(STEPS):
            (act,) = chance.choices(list(acts), acts.values())
            act(chance)

    def close(self):
        """The evening: all is told, and both sides show the same."""
        self.sim.faults.clear()
        for name in ("import_orders", "export_shipments", "push_inventory"):
            self.env.cr.flush()
            self.run_cron(f"cron_{name}")
        for sku, product in self.products.items():
            here = product.with_context(location=self.stock_location.ids)
            self.assertEqual(here.virtual_available, self.left(sku), sku)
            self.assertEqual(self.shop.stock(sku), max(self.left(sku), 0), sku)

    def left(self, sku):
        """Return what lies there and nobody has bought."""
        return self.there[sku] - sum(lines[sku] for lines in self.orders.values())

    # what happens

    def shopper_buys(self, chance):
        sku, quantity = chance.choice(SKUS), chance.randint(1, 3)
        left = self.left(sku)
        try:
            order_id = self.shop.buy([(sku, quantity)], shipping_cost="0")
        except OutOfStock:
            return
        oversold = min(quantity, quantity - left)
        if oversold > 0:
            self.assertLessEqual(oversold, self.untold[sku], f"{sku} oversold")
            self.untold[sku] -= oversold
        self.orders[order_id] = Counter({sku: quantity})

    def shopper_cancels(self, chance):
        if self.orders:
            order_id = chance.choice(list(self.orders))
            self.shop.set_status(order_id, 5)
            del self.orders[order_id]

    def counter_sells(self, chance):
        sku = chance.choice(SKUS)
        product = self.products[sku].with_context(location=self.stock_location.ids)
        if product.free_qty >= 1 and self.left(sku) >= 1:
            self.move(sku, 1, self.stock_location, self.customers)
            self.there[sku] -= 1
            self.untold[sku] += 1

    def goods_arrive(self, chance):
        sku, quantity = chance.choice(SKUS), chance.randint(1, 6)
        self.move(sku, quantity, self.suppliers, self.stock_location)
        self.there[sku] += quantity

    def warehouse_ships(self, chance):
        """Deliver an order; one that was cancelled meanwhile leaves all the same."""
        waiting = self.env["stock.picking"].search(
            [("sale_id.bigcommerce_order_id", "!=", False), ("state", "=", "assigned")]
        )
        if not waiting:
            return
        picking = chance.choice(list(waiting))
        picking.move_ids.picked = True
        picking.with_context(skip_backorder=True).button_validate()
        lines = self.orders.get(picking.sale_id.bigcommerce_order_id.remote_id)
        for move in picking.move_ids:
            sku = move.product_id.default_code
            self.there[sku] -= move.quantity
            if lines is None:
                self.untold[sku] += move.quantity
            else:
                lines[sku] -= move.quantity

    def something_breaks(self, chance):
        kind = chance.choice(("server_error", "html", "drop_before", "drop_after"))
        options = {"status": 503} if kind == "server_error" else {}
        self.sim.faults.add(kind, times=chance.randint(1, 6), **options)

    def orders_come_in(self, chance):
        self.run_cron("cron_import_orders")

    def push(self, chance=None):
        self.env.cr.flush()
        self.run_cron("cron_push_inventory")
        run = self.env["bigcommerce.sync.run"].search(
            [("kind", "=", "push_inventory")], limit=1
        )
        if run.state == "done" and chance:
            self.untold.clear()

    def move(self, sku, quantity, source, destination):
        move = self.env["stock.move"].create(
            {
                "product_id": self.products[sku].id,
                "product_uom_qty": quantity,
                "location_id": source.id,
                "location_dest_id": destination.id,
            }
        )
        move._action_confirm()
        move._action_assign()
        move.write({"quantity": quantity, "picked": True})
        move._action_done()
