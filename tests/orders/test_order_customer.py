from odoo.tests import tagged

from ..common import BigCommerceCase

BILLING = {
    "first_name": "Ana",
    "last_name": "Silva",
    "company": "",
    "street_1": "Rua A 1",
    "street_2": "",
    "city": "Porto",
    "state": "Porto",
    "zip": "4000-001",
    "country": "Portugal",
    "country_iso2": "PT",
    "phone": "+351 1",
    "email": "ana@example.com",
}


@tagged("post_install", "-at_install")
class TestOrderCustomer(BigCommerceCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.add_product("Mug", "MUG-1", stock=100)

    def sale(self, **options):
        options = {"billing": BILLING, "shipping": BILLING, **options}
        order = self.import_order([("MUG-1", 1)], **options)
        self.assertEqual(order.state, "imported", order.error)
        return order.sale_order_ids

    def test_a_guest_is_known_by_the_email_address(self):
        first = self.sale()
        second = self.sale(billing={**BILLING, "email": "ANA@example.com"})
        self.assertEqual(first.partner_id, second.partner_id)
        self.assertEqual(first.partner_id.country_id.code, "PT")
        self.assertEqual(first.partner_shipping_id, first.partner_id)

    def test_a_store_may_want_a_new_contact_each_time(self):
        self.backend.guest_matching = "never"
        self.assertNotEqual(self.sale().partner_id, self.sale().partner_id)

    def test_a_registered_customer_is_known_by_the_stores_id(self):
        first = self.sale(customer_id=7)
        second = self.sale(
            customer_id=7, billing={**BILLING, "email": "new@example.com"}
        )
        self.assertEqual(first.partner_id, second.partner_id)

    def test_another_delivery_address_is_added_and_found_again(self):
        office = {**BILLING, "street_1": "Rua B 2", "zip": "4000-002"}
        first, second = self.sale(shipping=office), self.sale(shipping=office)
        self.assertNotEqual(first.partner_shipping_id, first.partner_id)
        self.assertEqual(first.partner_shipping_id.type, "delivery")
        self.assertEqual(first.partner_shipping_id.street, "Rua B 2")
        self.assertEqual(first.partner_shipping_id, second.partner_shipping_id)
        self.assertEqual(first.partner_invoice_id, first.partner_id)

    def test_a_changed_billing_address_leaves_earlier_orders_alone(self):
        first = self.sale()
        second = self.sale(billing={**BILLING, "street_1": "Rua C 3"})
        self.assertEqual(first.partner_invoice_id.street, "Rua A 1")
        self.assertEqual(second.partner_invoice_id.street, "Rua C 3")
        self.assertEqual(second.partner_id, first.partner_id)

    def test_a_company_has_its_people_under_it(self):
        company = {**BILLING, "company": "Acme Lda", "email": "buy@acme.example"}
        sale = self.sale(billing=company, shipping=company)
        self.assertEqual(sale.partner_id.name, "Ana Silva")
        self.assertEqual(sale.partner_id.parent_id.name, "Acme Lda")
        self.assertTrue(sale.partner_id.parent_id.is_company)
        self.assertEqual(sale.partner_shipping_id, sale.partner_id)

    def test_an_unknown_state_keeps_its_text(self):
        sale = self.sale(billing={**BILLING, "state": "Nowhere", "email": "b@c.d"})
        self.assertFalse(sale.partner_id.state_id)
        self.assertIn("Nowhere", sale.partner_id.street2)

    def test_an_unknown_country_holds_the_order(self):
        address = {**BILLING, "country": "Atlantis", "country_iso2": "QQ"}
        order = self.import_order([("MUG-1", 1)], billing=address, shipping=address)
        self.assertEqual(order.state, "held")
        self.assertIn("Atlantis", order.error)
