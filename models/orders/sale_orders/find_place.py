from odoo import models

from ....rules.names import COUNTRY_CODES, plain, same_place
from ..errors import OrderHeldError


class BigcommerceOrder(models.Model):
    """Countries and states, as stores and channels write them."""

    _inherit = "bigcommerce.order"

    def _get_country(self, address):
        """Return the country of an address: by its code, else by its name, or none.

        :param address: client.documents.Address
        :raise OrderHeldError: when Odoo does not know it
        """
        country = self._find_country(address)
        if not country and (address.country_iso2 or address.country):
            raise OrderHeldError(
                self.env._(
                    "Country %(name)s (%(code)s) of an address is not known in Odoo.",
                    name=address.country,
                    code=address.country_iso2,
                )
            )
        return country

    def _find_country(self, address):
        code = address.country_iso2.upper()
        countries = self.env["res.country"]
        found = countries.search(
            [("code", "=", COUNTRY_CODES.get(code, code))], limit=1
        )
        name = plain(address.country)
        if found or not name:
            return found
        english = countries.with_context(lang="en_US")
        return countries.search([("code", "!=", False)]).filtered(
            lambda country: (
                name in (plain(country.name), plain(english.browse(country.id).name))
            )
        )[:1]

    def _find_state(self, country, text):
        """Return the state that a text means, or none: never a guess.

        :param country: of the address, may be empty
        :param str text: a code or a name, in any spelling
        """
        return country.state_ids.filtered(
            lambda state: same_place(text, state.code, state.name, country.code)
        )[:1]
