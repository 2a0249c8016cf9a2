from odoo.tests import tagged

from ..common import BigCommerceCase


@tagged("post_install", "-at_install")
class TestSecondCompany(BigCommerceCase):
    """A store of another company than the one its scheduled actions run in."""

    @classmethod
    def backend_values(cls):
        cls.company = cls.env["res.company"].create(
            {
                "name": "Second",
                "currency_id": cls.env.ref("base.EUR").id,
                "country_id": cls.env.ref("base.fr").id,
            }
        )
        cls.env.ref("base.EUR").active = True
        return {**super().backend_values(), "company_id": cls.company.id}

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.warehouse = cls.env["stock.warehouse"].search(
            [("company_id", "=", cls.company.id)], limit=1
        )
        # what lies in the first company's warehouse is none of this store's
        _remote_id, cls.mug = cls.add_product("Mug", "MUG-1", stock=50)
        quants = cls.env["stock.quant"].with_company(cls.company)
        quants._update_available_quantity(cls.mug, cls.warehouse.lot_stock_id, 8)

    def test_orders_belong_to_the_stores_company(self):
        order = self.import_order([("MUG-1", 2)])
        sale = order.sale_order_ids
        self.assertEqual(order.state, "imported", order.error)
        self.assertEqual(sale.company_id, self.company)
        self.assertEqual(sale.warehouse_id, self.warehouse)
        self.assertEqual(sale.picking_ids.company_id, self.company)
        self.assertEqual(sale.partner_id.company_id, self.company)

    def test_a_price_in_a_foreign_currency_stays_in_it(self):
        order = self.import_order([("MUG-1", 2)])
        sale = order.sale_order_ids
        self.assertEqual(sale.currency_id.name, "USD")
        self.assertEqual(sale.amount_total, order.amount_total)

    def test_a_proof_is_the_companys_and_in_the_currency_of_the_orders(self):
        self.import_order([("MUG-1", 2)])
        self.run_cron("cron_prove")
        proof = self.backend.proof_ids
        self.assertEqual((proof.company_id, proof.state), (self.company, "equal"))
        self.assertEqual(proof.currency_id.name, "USD")

    def test_only_the_companys_own_stock_is_listed(self):
        self.run_action("action_link_products")
        self.run_cron("cron_push_inventory")
        self.assertEqual(self.shop.stock("MUG-1"), 8)

    def test_a_guest_of_another_company_is_another_contact(self):
        known = self.env["res.partner"].create(
            {
                "name": "Sam",
                "email": "sam@example.com",
                "company_id": self.env.company.id,
            }
        )
        order = self.import_order([("MUG-1", 1)], email="sam@example.com")
        self.assertNotEqual(order.sale_order_ids.partner_id, known)
