from datetime import datetime

from odoo.tests import tagged

from ..common import BigCommerceCase


@tagged("post_install", "-at_install")
class TestOrderTerms(BigCommerceCase):
    """What a sale order takes from its store: currency, names, people, dates."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.add_product("Mug", "MUG", price="10.00", stock=100)

    def test_the_stores_defaults_stand_on_the_sale_order(self):
        team = self.env["crm.team"].create({"name": "Web"})
        tag = self.env["crm.tag"].create({"name": "BigCommerce"})
        warehouse = self.env["stock.warehouse"].create({"name": "Web", "code": "WEB"})
        self.backend.write(
            {
                "order_prefix": "BC",
                "team_id": team.id,
                "user_id": self.env.user.id,
                "tag_ids": tag.ids,
                "warehouse_id": warehouse.id,
            }
        )
        order = self.import_order([("MUG", 1)])
        sale = order.sale_order_ids
        self.assertEqual(sale.name, f"BC{order.remote_id}")
        self.assertEqual(sale.team_id, team)
        self.assertEqual(sale.user_id, self.env.user)
        self.assertEqual(sale.tag_ids, tag)
        self.assertEqual(sale.picking_ids.picking_type_id.warehouse_id, warehouse)

    def test_a_payment_method_may_bring_a_payment_term(self):
        term = self.env["account.payment.term"].create({"name": "In 7 days"})
        self.backend.payment_mapping_ids.payment_term_id = term
        order = self.import_order([("MUG", 1)], payment_method="Bank Deposit")
        self.assertEqual(order.sale_order_ids.payment_term_id, term)

    def test_the_currency_is_what_the_shopper_paid_in(self):
        euro = self.env.ref("base.EUR")
        euro.active = True
        order = self.import_order([("MUG", 1)], currency="EUR")
        sale = order.sale_order_ids
        self.assertEqual((order.currency_id, sale.currency_id), (euro, euro))
        self.assertEqual(sale.pricelist_id.currency_id, euro)
        again = self.import_order([("MUG", 1)], currency="EUR").sale_order_ids
        self.assertEqual(again.pricelist_id, sale.pricelist_id)

    def test_a_currency_that_odoo_does_not_use_holds_the_order(self):
        krone = self.env.ref("base.DKK")
        krone.active = False
        order = self.import_order([("MUG", 1)], currency="DKK")
        self.assertEqual(order.state, "held")
        self.assertIn("DKK", order.error)
        krone.active = True
        order.action_retry()
        self.assertEqual(order.sale_order_ids.currency_id, krone)

    def test_an_order_that_costs_nothing(self):
        order = self.import_order([("MUG", 1)], coupon=("FREE", 100), shipping_cost="0")
        sale = order.sale_order_ids
        self.assertEqual((sale.state, sale.amount_total), ("sale", 0))
        self.assertFalse(order.tender_ids)

    def test_incomplete_and_archived_orders_are_left_out(self):
        incomplete = self.shop.buy([("MUG", 1)], status_id=0)
        archived = self.shop.buy([("MUG", 1)])
        self.shop.archive([archived])
        self.run_cron("cron_import_orders")
        states = (self.inbox(incomplete) | self.inbox(archived)).mapped("state")
        self.assertEqual(states, ["ignored", "ignored"])

    def test_old_payloads_are_emptied_and_the_order_is_still_known(self):
        order = self.import_order([("MUG", 1)])
        waiting = self.import_order([("MUG", 1)], status_id=12)
        (order | waiting).date_modified = datetime(2026, 1, 1)
        order._gc_old_payloads()
        self.assertFalse(order.payload)
        self.assertTrue(waiting.payload, "a person will need it")
        self.backend.last_order_sync = False
        self.run_cron("cron_import_orders")
        self.assertEqual(len(order.sale_order_ids), 1)
        self.assertFalse(order.payload, "fetched again unchanged: no write")
