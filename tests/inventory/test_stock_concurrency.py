from odoo import SUPERUSER_ID, api
from odoo.tests import TransactionCase, tagged
from odoo.tools import SQL


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
        store = env["bigcommerce.backend"].create(
            {"name": "Concurrency", "sync_inventory": True}
        )
        listing = env["bigcommerce.product"].create(
            {"backend_id": store.id, "remote_id": 1, "name": "Mug"}
        )
        env["bigcommerce.variant"].create(
            {
                "bigcommerce_product_id": listing.id,
                "remote_id": 2,
                "product_id": product.id,
            }
        )
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
