from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from ...common import BigCommerceCase


@tagged("post_install", "-at_install")
class TestExceptions(BigCommerceCase):
    """Whatever failed or needs a person is in one list, with what to do about it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        _remote_id, cls.mug = cls.add_product("Mug", "MUG-1", stock=50)
        cls.user = new_test_user(
            cls.env, "clerk", groups="connector_bigcommerce.group_user"
        )

    def listed(self, **values):
        """Return the rows of the list that have these values."""
        self.env.flush_all()
        self.env.invalidate_all()
        domain = [(name, "=", value) for name, value in values.items()]
        return self.env["bigcommerce.exception"].search(domain)

    def assertListed(self, record, kind, words, **values):
        """Return the row of a record: it says why, and what to do."""
        row = self.listed(res_model=record._name, res_id=record.id, kind=kind)
        self.assertEqual(len(row), 1, f"{record} is not listed once")
        self.assertIn(words, row.error)
        self.assertTrue(row.hint)
        self.assertEqual(row.backend_id, self.backend)
        self.assertTrue(row.name)
        for name, value in values.items():
            self.assertEqual(row[name], value)
        return row

    def deliver(self, order, tracking=False):
        picking = order.sale_order_ids.picking_ids
        for move in picking.move_ids:
            move.quantity = move.product_uom_qty
        picking.carrier_tracking_ref = tracking
        picking.button_validate()
        return picking

    def test_nothing_is_listed_where_nothing_is_wrong(self):
        self.run_action("action_link_products")
        self.deliver(self.import_order([("MUG-1", 1)]))
        self.run_cron("cron_export_shipments")
        self.run_cron("cron_push_inventory")
        self.assertFalse(self.listed())

    def test_orders_that_are_held(self):
        self.shop.add_product(name="Pen", sku="PEN-1", stock=5)
        self.run_action("action_link_products")
        order = self.import_order([("PEN-1", 1)])
        row = self.assertListed(order, "order", "PEN-1", cause="product", state="held")
        action = row.action_open()
        self.assertEqual(action["res_model"], "bigcommerce.variant")
        variants = self.env["bigcommerce.variant"].search(action["domain"])
        self.assertEqual(variants.mapped("sku"), ["PEN-1"])

    def test_orders_with_a_tax_that_is_not_mapped(self):
        self.backend.tax_mapping_ids.tax_id = False
        order = self.import_order([("MUG-1", 1)])
        row = self.assertListed(order, "order", "20", cause="tax")
        self.assertEqual(row.action_open()["res_model"], "bigcommerce.tax.mapping")

    def test_orders_that_do_not_add_up(self):
        remote_id = self.shop.buy([("MUG-1", 1)])
        self.shop.edit_order(remote_id, total_inc_tax="99.0000")
        self.run_cron("cron_import_orders")
        order = self.inbox(remote_id)
        row = self.assertListed(order, "order", "do not come to", cause="difference")
        self.assertIn("Accept Difference", row.hint)
        self.assertEqual(row.action_open()["res_id"], order.id)

    def test_orders_that_the_store_was_done_with(self):
        order = self.import_order([("MUG-1", 1)], status_id=2)
        self.assertListed(order, "order", "before it came in", cause="went_on")

    def test_orders_that_could_not_follow(self):
        order = self.import_order([("MUG-1", 1)])
        self.shop.edit_order(order.remote_id, total_inc_tax="99.0000")
        self.run_cron("cron_import_orders")
        self.assertListed(order, "order", "do not come to", state="imported")

    def test_shipments(self):
        order = self.import_order([("MUG-1", 1)])
        self.deliver(order)
        self.sim.faults.add("server_error", "POST", "shipments", status=400)
        self.run_cron("cron_export_shipments")
        row = self.assertListed(order.shipment_ids, "shipment", "HTTP 400")
        self.assertIn(str(order.remote_id), row.name)

    def test_quantities(self):
        self.run_action("action_link_products")
        self.sim.faults.add("server_error", "PUT", "absolute", times=99, status=422)
        self.run_cron("cron_push_inventory")
        levels = self.env["bigcommerce.stock.level"].search([("state", "=", "failed")])
        self.assertListed(levels[:1], "level", "HTTP 422")

    def test_visibilities(self):
        self.run_action("action_link_products")
        product = self.backend.product_ids
        product.is_enabled = False
        self.sim.faults.add(
            "server_error", "PUT", "catalog/products", times=99, status=422
        )
        self.run_cron("cron_push_inventory")
        self.assertListed(product, "product", "HTTP 422", cause="visibility")

    def test_listings_that_cannot_be_created(self):
        self.run_action("action_link_products")
        product = self.backend.product_ids
        product.create_error = "No name"
        self.assertListed(product, "product", "No name", cause="create")

    def test_refunds(self):
        order = self.import_order([("MUG-1", 1)])
        refund = self.env["bigcommerce.refund"].create(
            {"order_id": order.id, "remote_id": 7, "state": "failed", "error": "Why"}
        )
        self.assertListed(refund, "refund", "Why")
        refund.write({"state": "done", "error": "No journal"})
        self.assertListed(refund, "payment", "No journal")

    def test_stores(self):
        self.env["bigcommerce.secret"]._put(self.backend, access_token="revoked")
        self.run_cron("cron_import_orders")
        self.assertListed(self.backend, "store", "401", cause="paused")

    def test_directions_that_fail_again_and_again(self):
        self.sim.faults.add("server_error", times=999, status=500)
        for _time in range(4):
            self.run_cron("cron_import_orders")
        run = self.env["bigcommerce.sync.run"]._get_last(self.backend, "import_orders")
        self.assertListed(run, "store", "HTTP 500", cause="run")

    def test_many_of_several_kinds_are_tried_again_at_once(self):
        order = self.import_order([("MUG-1", 1)])
        self.deliver(order)
        held = self.env["bigcommerce.order"]._receive(
            self.backend, [self.backend._client().order(self.shop.buy([("MUG-1", 1)]))]
        )
        held._leave_to_person("Somebody said no")
        self.sim.faults.add("server_error", "POST", "shipments", status=400)
        self.run_cron("cron_export_shipments")
        self.run_action("action_retry", self.listed().with_user(self.user))
        self.assertEqual(held.state, "imported")
        self.assertEqual(order.shipment_ids.state, "pending")
        self.run_cron("cron_export_shipments")
        self.assertFalse(self.listed())

    def test_a_row_stays_the_same_one(self):
        order = self.import_order([("MUG-1", 1)], status_id=2)
        (row,) = self.listed()
        other = self.import_order([("MUG-1", 1)], status_id=2)
        self.assertIn(row, self.listed())
        self.assertEqual(self.listed().mapped("res_id"), [other.id, order.id])

    def test_only_of_the_own_companies_and_for_bigcommerce_users(self):
        self.import_order([("MUG-1", 1)], status_id=2)
        rows = self.listed()
        self.assertTrue(rows.with_user(self.user).read(["name", "hint"]))
        company = self.env["res.company"].create({"name": "Elsewhere"})
        foreigner = new_test_user(
            self.env,
            "foreigner",
            groups="connector_bigcommerce.group_manager",
            company_id=company.id,
            company_ids=[(6, 0, company.ids)],
        )
        self.assertFalse(rows.with_user(foreigner).search([]))
        salesman = new_test_user(
            self.env, "sales", groups="sales_team.group_sale_manager"
        )
        with self.assertRaises(AccessError):
            rows.with_user(salesman).read(["name"])

    def test_the_list_costs_the_same_however_long_it_is(self):
        def count():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.env["bigcommerce.exception"].search([]).read(["name", "hint"])
            return self.env.cr.sql_log_count - before

        orders = self.env["bigcommerce.order"]
        values = {"backend_id": self.backend.id, "state": "held", "error": "Why"}
        orders.create({**values, "remote_id": 1})
        one = count()
        orders.create([{**values, "remote_id": 2 + n} for n in range(300)])
        self.assertEqual(count(), one)
