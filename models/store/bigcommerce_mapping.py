from odoo import api, fields, models


class BigcommerceMapping(models.AbstractModel):
    """What the store's words mean in Odoo."""

    _name = "bigcommerce.mapping"
    _description = "BigCommerce Mapping"
    _check_company_auto = True

    backend_id = fields.Many2one(
        "bigcommerce.backend", "Store", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="backend_id.company_id", store=True)
    name = fields.Char(required=True)

    @api.model
    def _learn(self, backend, names):
        """Add the texts that this store has not used before, without a meaning yet.

        :param backend: the store
        :param names: iterable of texts as orders carry them; empty ones are left out
        """
        known = set(self.search([("backend_id", "=", backend.id)]).mapped("name"))
        new = dict.fromkeys(name for name in names if name and name not in known)
        return self.create([{"backend_id": backend.id, "name": name} for name in new])


class BigcommerceStatusMapping(models.Model):
    _name = "bigcommerce.status.mapping"
    _inherit = ["bigcommerce.mapping"]
    _description = "BigCommerce Order Status"
    _order = "backend_id, sequence, status_id"

    status_id = fields.Integer("BigCommerce Status", required=True, aggregator=None)
    sequence = fields.Integer(help="The place where the store shows this status.")
    custom_label = fields.Char(help="The store's own name of this status.")
    import_action = fields.Selection(
        [
            ("ignore", "Do not import"),
            ("hold", "Hold for a person"),
            ("quotation", "Import as quotation"),
            ("confirm", "Import and confirm"),
        ],
        string="When an order arrives",
        default="ignore",
        required=True,
    )
    update_action = fields.Selection(
        [("none", "Leave the sale order"), ("cancel", "Cancel the sale order")],
        string="When an imported order gets it",
        default="none",
        required=True,
        help="Cancelling happens only while nothing has been delivered or invoiced.",
    )
    export_event = fields.Selection(
        [
            ("confirmed", "The sale order is confirmed"),
            ("shipped", "Everything is delivered"),
            ("partially_shipped", "A part is delivered"),
            ("cancelled", "The sale order is cancelled"),
        ],
        string="Set in the store when",
    )

    _status_uniq = models.UniqueIndex(
        "(backend_id, status_id)", "Each status is mapped once per store."
    )
    _event_uniq = models.UniqueIndex(
        "(backend_id, export_event) WHERE export_event IS NOT NULL",
        "Only one status can be set for the same event.",
    )

    @api.depends("name", "custom_label")
    def _compute_display_name(self):
        for status in self:
            status.display_name = status.custom_label or status.name


class BigcommerceShippingMapping(models.Model):
    _name = "bigcommerce.shipping.mapping"
    _inherit = ["bigcommerce.mapping"]
    _description = "BigCommerce Shipping Service"
    _order = "backend_id, name"

    name = fields.Char(
        "Tag", help="The name of the shipping service exactly as orders carry it."
    )
    carrier_id = fields.Many2one(
        "delivery.carrier", "Delivery Method", check_company=True
    )
    shipping_provider = fields.Char(
        help="BigCommerce's name of the carrier, for example fedex, ups, usps, "
        "royalmail, auspost. Empty: the tracking link of Odoo is sent instead."
    )
    tracking_carrier = fields.Char(
        help="The carrier's name at BigCommerce's tracking service, for example "
        "dhl, dpd, gls, postnl."
    )

    _name_uniq = models.UniqueIndex(
        "(backend_id, name)", "Each shipping service is mapped once per store."
    )


class BigcommercePaymentMapping(models.Model):
    _name = "bigcommerce.payment.mapping"
    _inherit = ["bigcommerce.mapping"]
    _description = "BigCommerce Payment Method"
    _order = "backend_id, name"

    name = fields.Char("Payment Method", help="As orders carry it.")
    journal_id = fields.Many2one(
        "account.journal",
        domain=[("type", "in", ("bank", "cash", "credit"))],
        check_company=True,
    )
    payment_method_line_id = fields.Many2one(
        "account.payment.method.line",
        domain="[('journal_id', '=', journal_id), ('payment_type', '=', 'inbound')]",
    )
    payment_term_id = fields.Many2one("account.payment.term", check_company=True)
    invoicing = fields.Selection(
        [
            ("none", "No invoice"),
            ("draft", "Draft invoice"),
            ("posted", "Posted invoice"),
            ("paid", "Posted and paid invoice"),
        ],
        default="none",
        required=True,
    )

    _name_uniq = models.UniqueIndex(
        "(backend_id, name)", "Each payment method is mapped once per store."
    )


class BigcommerceTaxMapping(models.Model):
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

    @api.depends("rate", "name")
    def _compute_display_name(self):
        for mapping in self:
            mapping.display_name = mapping.name or f"{mapping.rate:g} %"

    @api.model
    def _learn_rates(self, backend, rates):
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
                    "tax_id": backend._sale_tax(rate).id,
                }
                for rate in sorted(new)
            ]
        )

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
                    "tax_group_id": mapping._tax_group().id,
                    "company_id": mapping.company_id.id,
                }
            )

    def _tax_group(self):
        """Return the group under which totals show this rate."""
        groups, name = self.env["account.tax.group"], f"{self.rate:g} %"
        company = self.company_id
        return groups.search(
            [*groups._check_company_domain(company), ("name", "=", name)], limit=1
        ) or groups.create({"name": name, "company_id": company.id})

    _rate_uniq = models.UniqueIndex(
        "(backend_id, rate)", "Each rate is mapped once per store."
    )
