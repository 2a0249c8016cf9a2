from odoo import api, fields, models


class BigcommerceTaxMapping(models.Model):
    """Which Odoo tax a rate is that the store charges."""

    _name = "bigcommerce.tax.mapping"
    _inherit = ["bigcommerce.mapping"]
    _description = "BigCommerce Tax Rate"
    _order = "backend_id, rate"

    name = fields.Char(required=False)
    rate = fields.Float("Rate (%)", required=True, digits=(7, 4))
    tax_id = fields.Many2one(
        "account.tax",
        "Odoo Tax",
        domain=[("type_tax_use", "=", "sale")],
        check_company=True,
        help="Empty: the tax that the store charged is put on a line of its own.",
    )

    _rate_uniq = models.UniqueIndex(
        "(backend_id, rate)", "Each rate is mapped once per store."
    )

    @api.depends("rate", "name")
    def _compute_display_name(self):
        for mapping in self:
            mapping.display_name = mapping.name or f"{mapping.rate:g} %"

    def _get_tax(self, rate):
        """Return the Odoo tax of a rate, or none.

        :param rate: percent
        """
        return self.filtered(
            lambda mapping: round(mapping.rate, 4) == round(float(rate), 4)
        ).tax_id

    @api.model
    def _create_missing_rates(self, backend, rates):
        """Add the rates that this store has not charged before.

        A sale tax of that very percentage is taken when the company has one.

        :param backend: the store
        :param rates: iterable of Decimal percentages; 0 needs no tax
        """
        known = {round(mapping.rate, 4) for mapping in backend.tax_mapping_ids}
        new = {round(float(rate), 4) for rate in rates} - known - {0.0}
        return self.create(
            [
                {
                    "backend_id": backend.id,
                    "rate": rate,
                    "name": self.env._("Tax %(rate)s %%", rate=f"{rate:g}"),
                    "tax_id": self._find_sale_tax(backend, rate).id,
                }
                for rate in sorted(new)
            ]
        )

    @api.model
    def _find_sale_tax(self, backend, rate):
        """Return a company's sale tax of a percentage, the way its store gives prices.

        :param backend: the store
        :param float rate: percent
        """
        taxes = self.env["account.tax"]
        return taxes.search(
            [
                *taxes._check_company_domain(backend.company_id),
                ("type_tax_use", "=", "sale"),
                ("amount_type", "=", "percent"),
                ("amount", "=", rate),
            ]
        ).filtered(lambda tax: tax.price_include == backend.prices_include_tax)[:1]

    def action_create_tax(self):
        """Create an Odoo tax of the rate for each mapping that has none."""
        self.check_access("write")
        for mapping in self.sudo().filtered(lambda mapping: not mapping.tax_id):
            included = mapping.backend_id.prices_include_tax
            mapping.tax_id = mapping.env["account.tax"].create(
                {
                    "name": mapping.display_name,
                    "amount": mapping.rate,
                    "amount_type": "percent",
                    "type_tax_use": "sale",
                    "price_include_override": (
                        "tax_included" if included else "tax_excluded"
                    ),
                    "tax_group_id": mapping._get_tax_group().id,
                    "company_id": mapping.company_id.id,
                }
            )

    def _get_tax_group(self):
        """Return the group under which totals show this rate."""
        groups, name = self.env["account.tax.group"], f"{self.rate:g} %"
        company = self.company_id
        return groups.search(
            [*groups._check_company_domain(company), ("name", "=", name)], limit=1
        ) or groups.create({"name": name, "company_id": company.id})
