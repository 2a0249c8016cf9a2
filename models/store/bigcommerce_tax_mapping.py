from odoo import Command, api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...rules.rates import plain_rate, whole_levy


class BigcommerceTaxMapping(models.Model):
    """Which Odoo tax a rate is that the store charges."""

    _name = "bigcommerce.tax.mapping"
    _inherit = ["bigcommerce.mapping"]
    _description = "BigCommerce Tax Rate"
    _order = "backend_id, rate, jurisdiction, country_id"

    name = fields.Char(
        required=False,
        help="As the store calls the tax. Empty: any tax of the rate.",
    )
    rate = fields.Float(
        "Rate (%)",
        required=True,
        digits=(7, 4),
        help="Percent, as the store charges it.",
    )
    country_id = fields.Many2one(
        "res.country",
        help="Only for goods sent to this country. Empty: for all, and the fiscal "
        "position of the order maps the tax.",
    )
    jurisdiction = fields.Char(
        help="What the store calls a part of a tax: a state's, a county's or a city's. "
        "Empty for a rate that is one tax.",
    )
    tax_id = fields.Many2one(
        "account.tax",
        "Odoo Tax",
        domain=[("type_tax_use", "=", "sale")],
        check_company=True,
        help="Empty: orders with this rate are held.",
    )
    is_collected = fields.Boolean(
        "Line of Its Own",
        help="No Odoo tax: what the store collected goes on a line of its own, on the "
        "account for collected tax that is set on the store.",
    )

    _rate_uniq = models.UniqueIndex(
        "(backend_id, rate, COALESCE(country_id, 0), COALESCE(jurisdiction, ''))",
        "Each rate is mapped once per store, country and jurisdiction.",
    )

    @api.depends("rate", "name", "jurisdiction")
    def _compute_display_name(self):
        for mapping in self:
            text = f"{mapping.rate:g} %"
            if mapping.jurisdiction:
                text = f"{mapping.jurisdiction} {text}"
            mapping.display_name = mapping.name or text

    def _get_row(self, part, country):
        """Return the row that says what a tax is, the most particular one, or none.

        :param rules.rates.TaxPart part: as the store charged it
        :param country: where the goods go, may be empty
        """
        rows = self.filtered(
            lambda row: (
                round(row.rate, 4) == round(float(part.rate), 4)
                and (row.jurisdiction or "") in ("", part.name)
                and (not row.country_id or row.country_id == country)
            )
        )
        return rows.sorted(lambda row: (not row.jurisdiction, not row.country_id))[:1]

    def _get_levies(self, country):
        """Return (those for a country, those for all) of the undivided rates mapped.

        :return: two lists of rules.rates.Levy
        """
        rows = self.filtered(lambda row: not row.jurisdiction)
        local = rows.filtered(lambda row: country and row.country_id == country)
        everywhere = rows.filtered(lambda row: not row.country_id)
        return (
            [whole_levy(round(row.rate, 4)) for row in local],
            [whole_levy(round(row.rate, 4)) for row in everywhere],
        )

    @api.model
    def _create_missing_parts(self, backend, parts):
        """Add the taxes that this store has not charged before.

        A sale tax of that very percentage is taken when the company has one; what a
        jurisdiction takes is a tax of its own.

        :param backend: the store
        :param parts: iterable of (rules.rates.TaxPart, country)
        """
        rows, new = backend.tax_mapping_ids, {}
        for part, country in parts:
            if part not in new and not rows._get_row(part, country):
                new[part] = {
                    "backend_id": backend.id,
                    "rate": float(part.rate),
                    "jurisdiction": part.name or False,
                    "name": self._get_tax_name(part),
                    "tax_id": self._find_sale_tax(backend, part).id,
                }
        return self.create(list(new.values()))

    @api.model
    def _get_tax_name(self, part):
        rate = f"{plain_rate(part.rate):f}"
        if part.name:
            return f"{part.name} {rate} %"
        return self.env._("Tax %(rate)s %%", rate=rate)

    @api.model
    def _find_sale_tax(self, backend, part):
        """Return a company's sale tax of a percentage, the way its store gives prices.

        :param backend: the store
        :param rules.rates.TaxPart part: of which a jurisdiction's is known by its name
        """
        taxes = self.env["account.tax"]
        domain = Domain(
            [
                *taxes._check_company_domain(backend.company_id),
                ("type_tax_use", "=", "sale"),
                ("amount_type", "=", "percent"),
                ("amount", "=", float(part.rate)),
            ]
        )
        if part.name:
            domain &= Domain("name", "=", self._get_tax_name(part))
        found = taxes.search(domain)
        return found.filtered(
            lambda tax: tax.price_include == backend.prices_include_tax
        )[:1]

    def action_create_tax(self):
        """Create an Odoo tax of the rate for each mapping that has none.

        :raise UserError: when it is not known which country's tax it is
        """
        self.backend_id._check_manager()
        for mapping in self._as_system().filtered(lambda mapping: not mapping.tax_id):
            mapping.tax_id = mapping.env["account.tax"].create(mapping._prepare_tax())
        return True

    def _prepare_tax(self):
        included = self.backend_id.prices_include_tax
        company = self.company_id
        country = (
            self.country_id or company.account_fiscal_country_id or company.country_id
        )
        if not country:
            raise UserError(
                self.env._(
                    "Set the country of %(company)s first: a tax is a country's.",
                    company=company.name,
                )
            )
        return {
            "name": self._get_free_name(),
            "amount": self.rate,
            "amount_type": "percent",
            "type_tax_use": "sale",
            "price_include_override": "tax_included" if included else "tax_excluded",
            "tax_group_id": self._get_tax_group(country).id,
            "company_id": company.id,
            "country_id": country.id,
            **self._prepare_accounts(),
        }

    def _prepare_accounts(self):
        """Return the repartition of the company's usual sale tax, to book on the same
        accounts."""
        usual = self.company_id.account_sale_tax_id
        accounts = usual.invoice_repartition_line_ids.account_id[:1]
        if not accounts:
            return {}
        lines = [
            Command.clear(),
            Command.create({"repartition_type": "base"}),
            Command.create({"repartition_type": "tax", "account_id": accounts.id}),
        ]
        return {
            "invoice_repartition_line_ids": lines,
            "refund_repartition_line_ids": lines,
        }

    def _get_free_name(self):
        """Return a name that no tax of the company has yet."""
        taxes, name = self.env["account.tax"], self.display_name
        wanted, number = name, 2
        while taxes.search_count(
            [
                *taxes._check_company_domain(self.company_id),
                ("type_tax_use", "=", "sale"),
                ("name", "=", wanted),
            ]
        ):
            wanted, number = f"{name} ({number})", number + 1
        return wanted

    def _get_tax_group(self, country):
        """Return the group of a country under which totals show this rate."""
        groups, name = self.env["account.tax.group"], f"{self.rate:g} %"
        company = self.company_id
        return groups.search(
            [
                *groups._check_company_domain(company),
                ("name", "=", name),
                ("country_id", "=", country.id),
            ],
            limit=1,
        ) or groups.create(
            {"name": name, "company_id": company.id, "country_id": country.id}
        )
