from dataclasses import replace

from odoo import models
from odoo.tools import email_normalize

from ....rules.names import plain

ADDRESS_FIELDS = (
    "name",
    "street",
    "street2",
    "city",
    "zip",
    "state_id",
    "country_id",
    "phone",
)


class BigcommerceOrder(models.Model):
    """Who ordered, who pays, and where it goes."""

    _inherit = "bigcommerce.order"

    def _get_customer(self, document):
        """Return the contact who ordered: known, or made from the billing address.

        Registered customers are known by the store's customer id, guests by their
        e-mail address and name. A contact that is known is never changed.

        :raise OrderHeldError: when an address cannot be understood
        """
        if self.sale_order_ids:
            return self.sale_order_ids[0].partner_id
        billing = self._get_billing_address(document)
        customer = self._get_registered_customer(document) or self._find_guest(billing)
        if not customer:
            customer = self._create_customer(billing)
        if document.customer_id and not self._get_registered_customer(document):
            self.env["bigcommerce.customer"].create(
                {
                    "backend_id": self.backend_id.id,
                    "remote_id": document.customer_id,
                    "partner_id": customer.id,
                }
            )
        return customer

    def _get_billing_address(self, document):
        """Return the billing address with a name that a person can read.

        Where it has none, that of the delivery, the e-mail address, or the order's
        number.
        """
        billing = document.billing_address
        if billing.name or billing.company:
            return billing
        sent = [c.address for c in document.shipping_consignments if c.address]
        for address in sent:
            if address.name or address.company:
                return replace(
                    billing,
                    first_name=address.first_name,
                    last_name=address.last_name,
                    company=address.company,
                )
        guest = self.env._("Guest of order %(number)s", number=document.id)
        return replace(billing, first_name=billing.email or guest)

    def _get_registered_customer(self, document):
        if not document.customer_id:
            return self.env["res.partner"]
        known = self.env["bigcommerce.customer"].search(
            [
                ("backend_id", "=", self.backend_id.id),
                ("remote_id", "=", document.customer_id),
            ]
        )
        return known.partner_id

    def _find_guest(self, billing):
        """Return the contact of this company with this e-mail address and name.

        Never one of our own people or companies, nor a vendor.

        :param billing: client.documents.Address
        """
        partners = self.env["res.partner"]
        email = email_normalize(billing.email)
        if not email or self.backend_id.guest_matching == "never":
            return partners
        found = partners.search(
            [
                ("email_normalized", "=", email),
                ("type", "=", "contact"),
                ("company_id", "in", (False, self.company_id.id)),
            ],
            order="id",
        )
        name = plain(billing.name or billing.company)
        return (found - self._filter_ours(found)).filtered(
            lambda partner: plain(partner.name) == name
        )[:1]

    def _filter_ours(self, partners):
        """Return those contacts that are our own companies, people, or vendors."""
        return partners.filtered(
            lambda partner: (
                partner.commercial_partner_id.ref_company_ids
                or partner.supplier_rank
                or any(not user.share for user in partner.user_ids)
            )
        )

    def _create_customer(self, address):
        values = {**self._prepare_address(address), "email": address.email}
        person = {"name": address.name or address.email or values["name"]}
        shared = {"company_id": self.company_id.id, "is_bigcommerce_contact": True}
        partners = self.env["res.partner"]
        if not address.company:
            return partners.create({**values, **person, **shared})
        company = self._find_company(address, values) or partners.create(
            {**values, **shared, "name": address.company, "is_company": True}
        )
        if not address.name:
            return company
        return partners.create(
            {**values, **person, **shared, "parent_id": company.id, "type": "contact"}
        )

    def _find_company(self, address, values):
        """Return the company of this name at this place, or none.

        :param dict values: of the address, as `_prepare_address` returns them
        """
        companies = (
            self.env["res.partner"]
            .search(
                [
                    ("is_company", "=", True),
                    ("parent_id", "=", False),
                    ("country_id", "=", values["country_id"]),
                    ("zip", "in", [values["zip"]] if values["zip"] else [False, ""]),
                    ("company_id", "in", (False, self.company_id.id)),
                ],
                order="id",
            )
            .filtered(lambda company: plain(company.name) == plain(address.company))
        )
        return (companies - self._filter_ours(companies))[:1]

    def _get_address(self, customer, address, kind):
        """Return the customer's address of these very fields, added when missing.

        :param customer: the contact who ordered
        :param address: client.documents.Address
        :param str kind: `invoice` or `delivery`, the type of a new address
        """
        values, family = self._prepare_address(address), customer.commercial_partner_id
        if plain(address.company) == plain(family.name) and address.name:
            values["name"] = address.name
        for partner in customer | family | family.child_ids:
            is_ours = partner.company_id in (
                partner.company_id.browse(),
                self.company_id,
            )
            if is_ours and _same_address(partner, values):
                return partner
        return self.env["res.partner"].create(
            {
                **values,
                # the defaults of a contact that a person made stay as they are
                "type": kind if family.is_bigcommerce_contact else "other",
                "parent_id": family.id,
                "company_id": self.company_id.id,
                "is_bigcommerce_contact": True,
            }
        )

    def _prepare_address(self, address):
        """Return a contact's values; a state that Odoo does not know keeps its text.

        :raise OrderHeldError: when Odoo does not know the country
        """
        country = self._get_country(address)
        state = self._find_state(country, address.state)
        street2 = [address.street_2]
        if address.state and country and not state:
            street2.append(address.state)
        return {
            "name": _addressee(address),
            "street": address.street_1,
            "street2": ", ".join(filter(None, street2)),
            "city": address.city,
            "zip": address.zip,
            "state_id": state.id,
            "country_id": country.id,
            "phone": address.phone,
        }


def _addressee(address):
    """Return the name on a parcel."""
    names = [address.company, address.name]
    return ", ".join(filter(None, names)) or address.email


def _same_address(partner, values):
    return all(
        partner[name].id == values[name]
        if name.endswith("_id")
        else plain(partner[name]) == plain(values[name])
        for name in ADDRESS_FIELDS
    )
