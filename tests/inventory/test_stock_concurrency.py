from types import SimpleNamespace

from odoo import SUPERUSER_ID, api
from odoo.tests import TransactionCase, tagged
from odoo.tools import SQL

from ...models.inventory.push.quantity_target import compute_targets
from ...models.inventory.push.send_quantities import SendQuantities


@tagged("post_install", "-at_install")
class TestStockConcurrency(TransactionCase):
    """Two transactions of the warehouse, at the same time, on real connections."""

    def setUp(self):
        super().setUp()
        self.addCleanup(self.in_transaction(self.remove))
        self.ids = self.in_transaction(self.set_up)()

    def in_transaction(self, work):
        """Return a function that does some work in a transaction of its own."""

        def run():
            with self.registry.cursor() as cr:
                return work(api.Environment(cr, SUPERUSER_ID, {}))

        return run

    def set_up(self, env):
        product = env["product.product"].create(
            {"name": "Mug", "default_code": "CONC-MUG", "is_storable": True}
        )
        store = self.list_in_store(env, product)
        location = env.ref("stock.warehouse0").lot_stock_id
        env["stock.quant"]._update_available_quantity(product, location, 10)
        moves = env["stock.move"].create(
            [
                {
                    "product_id": product.id,
                    "product_uom_qty": 3,
                    "location_id": location.id,
                    "location_dest_id": env.ref("stock.stock_location_customers").id,
                }
                for _counter in range(2)
            ]
        )
        moves._action_confirm()
        moves._action_assign()
        return {"product": product.id, "moves": moves.ids, "store": store.id}

    def list_in_store(self, env, product):
        """Return a store that lists a product, by variant, at its default location."""
        store = env["bigcommerce.backend"].create(
            {"name": "Concurrency", "sync_inventory": True}
        )
        listing = env["bigcommerce.product"].create(
            {
                "backend_id": store.id,
                "remote_id": 1,
                "name": "Mug",
                "inventory_tracking": "variant",
            }
        )
        env["bigcommerce.variant"].create(
            {
                "bigcommerce_product_id": listing.id,
                "remote_id": 2,
                "product_id": product.id,
            }
        )
        env["bigcommerce.location"].create(
            {"backend_id": store.id, "remote_id": 1, "name": "Default"}
        )
        return store

    def remove(self, env):
        product = env["product.product"].search([("default_code", "=", "CONC-MUG")])
        env["bigcommerce.backend"].search([("name", "=", "Concurrency")]).unlink()
        for table in ("stock_move_line", "stock_move", "stock_quant"):
            env.cr.execute(
                SQL(
                    "DELETE FROM %s WHERE product_id = ANY(%s)",
                    SQL.identifier(table),
                    product.ids,
                )
            )
        product.product_tmpl_id.unlink()

    def test_two_deliveries_of_one_product_do_not_wait_for_each_other(self):
        first, second = self.registry.cursor(), self.registry.cursor()
        for cr, move_id in zip((first, second), self.ids["moves"], strict=True):
            # waiting for the other one would be an error
            cr.execute("SET LOCAL lock_timeout = '2s'")
            move = api.Environment(cr, SUPERUSER_ID, {})["stock.move"].browse(move_id)
            move.picked = True
            move._action_done()
            cr.flush()
        second.commit()
        first.commit()
        first.close()
        second.close()
        signals, quantity = self.in_transaction(self.look)()
        self.assertEqual(quantity, 4)
        self.assertEqual(signals, 3, "one of the set-up, one of each delivery")

    def look(self, env):
        domain = [("product_id", "=", self.ids["product"])]
        location = env.ref("stock.warehouse0").lot_stock_id
        quants = env["stock.quant"].search([*domain, ("location_id", "=", location.id)])
        return (
            env["bigcommerce.stock.change"].search_count(domain),
            sum(quants.mapped("quantity")),
        )

    def test_a_change_during_the_call_to_the_store_is_not_confirmed_away(self):
        def meanwhile(items, reason):
            """Another run marks the level while the store is being told."""
            self.assertEqual([item["quantity"] for item in items], [4])
            self.in_transaction(lambda env: self.levels(env, mark=True))()

        client = SimpleNamespace(set_inventory=meanwhile, calls=0)
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            store = env["bigcommerce.backend"].browse(self.ids["store"])
            run = env["bigcommerce.sync.run"]._start(store, "push_inventory")
            levels = self.levels(env, mark=True)
            run._commit()
            SendQuantities(store, client, run).send(compute_targets(store, levels))
        level = self.in_transaction(
            lambda env: self.levels(env).read(["state", "pushed_quantity"])
        )()
        self.assertEqual(level[0]["state"], "pending", "it is looked at again")
        self.assertEqual(level[0]["pushed_quantity"], 4)

    def levels(self, env, mark=False):
        """Return the level of the product; marked as a signal of it does."""
        variants = env["bigcommerce.variant"].search(
            [("product_id", "=", self.ids["product"])]
        )
        return (
            env["bigcommerce.stock.level"]._mark(variants)
            if mark
            else (variants.level_ids)
        )
