from odoo import models
from odoo.tools import email_normalize

from ..errors import OrderHeldError

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
        e-mail address. A contact that is known is never changed.

        :raise OrderHeldError: when an address cannot be understood
        """
        if self.sale_order_ids:
            return self.sale_order_ids[0].partner_id
        customer = self._get_registered_customer(document) or self._find_guest(document)
        if not customer:
            customer = self._create_customer(document.billing_address)
        if document.customer_id and not self._get_registered_customer(document):
            self.env["bigcommerce.customer"].create(
                {
                    "backend_id": self.backend_id.id,
                    "remote_id": document.customer_id,
                    "partner_id": customer.id,
                }
            )
        return customer

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

    def _find_guest(self, document):
        """Return the contact of this company with the order's e-mail address."""
        email = email_normalize(document.billing_address.email)
        if not email or self.backend_id.guest_matching == "never":
            return self.env["res.partner"]
        return self.env["res.partner"].search(
            [
                ("email_normalized", "=", email),
                ("type", "=", "contact"),
                ("company_id", "in", (False, self.company_id.id)),
            ],
            order="id",
            limit=1,
        )

    def _create_customer(self, address):
        values = {**self._prepare_address(address), "email": address.email}
        person = {"name": address.name or address.email or values["name"]}
        shared = {"company_id": self.company_id.id}
        partners = self.env["res.partner"]
        if not address.company:
            return partners.create({**values, **person, **shared})
        company = partners.create(
            {**values, **shared, "name": address.company, "is_company": True}
        )
        if not address.name:
            return company
        return partners.create(
            {**values, **person, **shared, "parent_id": company.id, "type": "contact"}
        )

    def _get_address(self, customer, address, kind):
        """Return the customer's address of these very fields, added when missing.

        :param customer: the contact who ordered
        :param address: client.documents.Address
        :param str kind: `invoice` or `delivery`, the type of a new address
        """
        values, family = self._prepare_address(address), customer.commercial_partner_id
        if _plain(address.company) == _plain(family.name) and address.name:
            values["name"] = address.name
        for partner in customer | family | family.child_ids:
            if _same_address(partner, values):
                return partner
        return self.env["res.partner"].create(
            {
                **values,
                "type": kind,
                "parent_id": family.id,
                "company_id": self.company_id.id,
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

    def _get_country(self, address):
        code = address.country_iso2.upper()
        country = self.env["res.country"].search([("code", "=", code)], limit=1)
        if not country and (code or address.country):
            raise OrderHeldError(
                self.env._(
                    "Country %(name)s (%(code)s) of an address is not known in Odoo.",
                    name=address.country,
                    code=code,
                )
            )
        return country

    def _find_state(self, country, text):
        states = self.env["res.country.state"]
        if not country or not text:
            return states
        return states.search(
            [
                ("country_id", "=", country.id),
                "|",
                ("code", "=ilike", text),
                ("name", "=ilike", text),
            ],
            limit=1,
        )


def _addressee(address):
    """Return the name on a parcel."""
    names = [address.company, address.name]
    return ", ".join(filter(None, names)) or address.email


def _same_address(partner, values):
    return all(
        partner[name].id == values[name]
        if name.endswith("_id")
        else _plain(partner[name]) == _plain(values[name])
        for name in ADDRESS_FIELDS
    )


def _plain(text):
    return " ".join((text or "").split()).casefold()
