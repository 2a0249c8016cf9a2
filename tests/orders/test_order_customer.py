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

    def test_a_blank_billing_name_is_never_a_nameless_contact(self):
        blank = {**BILLING, "first_name": "", "last_name": "", "email": ""}
        sale = self.sale(billing=blank, shipping=BILLING)
        self.assertEqual(sale.partner_id.name, "Ana Silva")
        sale = self.sale(billing=blank, shipping=blank)
        number = sale.bigcommerce_order_id.remote_id
        self.assertEqual(sale.partner_id.name, f"Guest of order {number}")
        sale = self.sale(billing={**blank, "email": "x@y.example"}, shipping=blank)
        self.assertEqual(sale.partner_id.name, "x@y.example")

    def test_two_people_of_one_company_are_one_company_with_two_people(self):
        ana = {**BILLING, "company": "Widget Works", "email": "ana@widgets.example"}
        ben = {**ana, "first_name": "Ben", "email": "ben@widgets.example"}
        first = self.sale(billing=ana, shipping=ana, customer_id=27).partner_id
        second = self.sale(billing=ben, shipping=ben, customer_id=28).partner_id
        self.assertEqual(first.parent_id, second.parent_id)
        self.assertEqual((first | second).mapped("name"), ["Ana Silva", "Ben Silva"])

    def test_a_company_of_the_same_name_elsewhere_is_another_one(self):
        here = {**BILLING, "company": "Widget Works"}
        there = {**here, "zip": "1000-001", "email": "b@b.example"}
        first, second = self.sale(billing=here), self.sale(billing=there)
        self.assertNotEqual(
            first.partner_id.commercial_partner_id,
            second.partner_id.commercial_partner_id,
        )

    def test_a_returning_guest_of_a_company_stays_the_person(self):
        billing = {**BILLING, "company": "Acme Lda", "email": "buy@acme.example"}
        first, second = self.sale(billing=billing), self.sale(billing=billing)
        self.assertEqual(first.partner_id, second.partner_id)
        self.assertEqual(second.partner_id.name, "Ana Silva")

    def test_another_name_with_the_same_email_is_another_contact(self):
        first = self.sale()
        second = self.sale(billing={**BILLING, "first_name": "Rui"})
        self.assertNotEqual(first.partner_id, second.partner_id)

    def test_our_own_people_and_vendors_are_no_guests(self):
        ours = self.env.user.partner_id
        vendor = self.env["res.partner"].create(
            {"name": "Ana Silva", "email": "v@v.example", "supplier_rank": 1}
        )
        ours.write({"name": "Ana Silva", "email": "o@o.example"})
        for partner in (ours, vendor):
            sale = self.sale(billing={**BILLING, "email": partner.email})
            self.assertNotEqual(sale.partner_id, partner)

    def test_the_defaults_of_a_contact_that_a_person_made_stay(self):
        partner = self.env["res.partner"].create(
            {"name": "Ana Silva", "email": BILLING["email"], "street": "Elsewhere 9"}
        )
        sale = self.sale()
        self.assertEqual(sale.partner_id, partner)
        self.assertEqual(sale.partner_shipping_id.type, "other")
        self.assertEqual(partner.address_get(["delivery"])["delivery"], partner.id)

    def test_places_are_understood_in_any_spelling(self):
        for state, country, code, found in (
            ("__", "United States", "US", ("US", False)),
            ("%", "United States", "US", ("US", False)),
            ("Sao Paulo", "Brazil", "BR", ("BR", "SP")),
            ("Qu\u00e9bec", "Canada", "CA", ("CA", "QC")),
            ("TX", "United States", "", ("US", "TX")),
            ("", "United Kingdom", "UK", ("GB", False)),
            ("us-tx", "UNITED STATES", "", ("US", "TX")),
        ):
            address = {
                **BILLING,
                "state": state,
                "country": country,
                "country_iso2": code,
                "email": f"{len(state)}{code}{state[:2]}@x.example",
            }
            with self.subTest(state=state, country=country, code=code):
                partner = self.sale(billing=address, shipping=address).partner_id
                self.assertEqual(
                    (partner.country_id.code, partner.state_id.code), found
                )
                if state and not found[1]:
                    self.assertIn(state, partner.street2)
