from odoo import fields, models
from odoo.fields import Domain

from ....client import NotFound, parse_order, parse_tax_lines
from ....rules.charges import charge_consignments, unknown_taxes
from ....rules.contents import charges_digest
from ....rules.rates import levy_of_row
from ..errors import OrderHeldError


class BigcommerceOrder(models.Model):
    """Which taxes an order bears, and which Odoo taxes these are."""

    _inherit = "bigcommerce.order"

    tax_lines = fields.Json(
        readonly=True,
        prefetch=False,
        help="The order's taxes as the store lists them; read only where its amounts "
        "do not say which rate it bears.",
    )
    needs_tax_lines = fields.Boolean(
        readonly=True,
        help="Its amounts do not say what tax it bears: its tax lines are read.",
    )

    def _due_domain(self):
        """Override of `_due_domain` to wait for the tax lines of an order."""
        return super()._due_domain() & Domain("needs_tax_lines", "=", False)

    def _update(self, values):
        """Override of `_update` to forget the tax lines when the charges changed."""
        before = self.tax_lines is not False and self.payload
        result = super()._update(values)
        if before and _charges(before) != _charges(self.payload):
            self.tax_lines = False
        self.needs_tax_lines = False
        return result

    def _charge(self, document):
        """Return what was charged, part by part, each with its tax.

        :param document: client.documents.Order
        :return: list of rules.charges.ConsignmentCharges
        """
        lines = None if self.tax_lines is False else parse_tax_lines(self.tax_lines)
        return charge_consignments(
            document,
            self._get_order_currency(document).decimal_places,
            self._get_levies(document),
            lines,
        )

    def _get_levies(self, document):
        """Return the levies that an order may bear: those of its country, then all.

        A rate that a person mapped is one tax, however the store divides it.
        """
        country = self._get_tax_country(document.consignments, document)
        local, mapped = self.backend_id.tax_mapping_ids._get_levies(country)
        rows = self.backend_id.store_tax_rates or []
        local += [levy_of_row(row) for row in rows if country.code in row["countries"]]
        local_rates = {levy.rate for levy in local}
        return [
            [*local, *(levy for levy in mapped if levy.rate in local_rates)],
            [*mapped, *(levy_of_row(row) for row in rows)],
        ]

    def _get_tax_country(self, consignments, document):
        """Return the country where goods go, else where the payer is, else none."""
        sent = [c.address for c in consignments if c and c.address]
        address = sent[0] if sent else document.billing_address
        return self._find_country(address)

    def _await_tax_lines(self, readings):
        """Set orders aside whose amounts do not say what tax they bear.

        :param dict readings: {order: Reading}; those are taken out
        """
        for order, reading in [*readings.items()]:
            if order.tax_lines is False and unknown_taxes(reading.consignments):
                order.needs_tax_lines = True
                del readings[order]

    def _read_again(self, client):
        """Override of `_read_again` to have the tax lines read again, too."""
        self.filtered(lambda order: order.state != "imported").tax_lines = False
        return super()._read_again(client)

    def _read_tax_lines(self, client):
        """Read the tax lines of this order from its store.

        :param client: of the store
        """
        try:
            rows = client.order_taxes(self.remote_id)
        except NotFound:
            rows = []
        self.write({"tax_lines": rows, "needs_tax_lines": False})

    def _check_taxes(self, reading):
        """Make sure that all taxes of an order are something in Odoo.

        :param Reading reading: of this order
        :raise OrderHeldError: naming those that are not
        """
        reason = self._explain_unknown(reading) or self._explain_unmapped(
            self._get_tax_rows(reading)
        )
        if reason:
            raise OrderHeldError(reason, awaits="tax")

    def _explain_unknown(self, reading):
        """Return what to do about an amount that no rate explains, or None."""
        for charge in unknown_taxes(reading.consignments):
            return self.env._(
                "The tax on “%(name)s” (%(tax)s on %(net)s) comes from no rate that is "
                "known. Add the rate to the store's taxes, or use Fetch Settings.",
                name=charge.name,
                tax=f"{charge.tax:f}",
                net=f"{charge.net:f}",
            )
        return None

    def _explain_unmapped(self, rows):
        """Return what to do about taxes that have no place in Odoo, or None."""
        unmapped = rows.filtered(lambda row: not row.tax_id and not row.is_collected)
        if unmapped:
            return self.env._(
                "There is no Odoo tax yet for %(taxes)s: use Create Tax, or choose one "
                "on the store's taxes.",
                taxes=", ".join(unmapped.mapped("display_name")),
            )
        collected = rows.filtered(lambda row: not row.tax_id)
        if collected and not self.backend_id.collected_tax_account_id:
            return self.env._(
                "%(taxes)s goes on a line of its own: choose the account for collected "
                "tax on the store.",
                taxes=", ".join(collected.mapped("display_name")),
            )
        return None

    def _get_tax_rows(self, reading):
        """Return the mapping's rows of all taxes of an order."""
        mappings = self.backend_id.tax_mapping_ids
        return mappings.browse().union(
            *(
                mappings._get_row(part, country)
                for part, country in self._get_tax_parts(reading)
            )
        )

    def _get_tax_parts(self, reading):
        """Return the (rules.rates.TaxPart, country) that an order bears."""
        parts = {}
        for consignment, charges in (
            (part.consignment, part.charges) for part in reading.consignments
        ):
            country = self._get_tax_country([consignment], reading.document)
            for charge in charges:
                parts.update(((part, country), None) for part, _s in charge.levy.parts)
        return list(parts)

    def _divide_tax(self, charge, delivery):
        """Return ({Odoo tax: amount}, {mapping's row: amount on a line of its own}).

        :param Charge charge: of this order (rules/charges.py)
        :param Delivery delivery: of the charge
        """
        taxes, collected = {}, {}
        decimals = delivery.currency.decimal_places
        for part, amount in charge.levy.split(charge.tax, decimals).items():
            row = self.backend_id.tax_mapping_ids._get_row(part, delivery.country)
            if row.tax_id:
                tax = _mapped(delivery.fiscal_position, row.tax_id)
                taxes[tax] = taxes.get(tax, 0) + amount
            else:
                collected[row] = amount
        return taxes, collected

    def action_create_taxes(self):
        """Create the Odoo taxes that these orders lack, and import them."""
        self.backend_id._check_manager()
        for order, reading in self._as_system()._read().items():
            rows = order._get_tax_rows(reading)
            rows.filtered(lambda row: not row.is_collected).action_create_tax()
        return self.action_retry()


def _mapped(fiscal_position, tax):
    """Return the tax that a fiscal position takes instead of another.

    What the store charged wins: a position that takes another percentage, or none,
    is not followed.
    """
    mapped = fiscal_position.map_tax(tax)
    same = len(mapped) == 1 and mapped.amount == tax.amount
    return mapped if same else tax


def _charges(payload):
    return charges_digest(parse_order(payload))
