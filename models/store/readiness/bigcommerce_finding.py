from odoo import api, fields, models

from ....client import ApiError
from ....client.scopes import (
    INFORMATION,
    INVENTORY,
    LOCATIONS,
    ORDERS,
    PAYMENTS,
    PRODUCTS,
)

STEPS = [
    ("connect", "Connect"),
    ("statuses", "Order Statuses"),
    ("shipping", "Shipping Services"),
    ("payments", "Payments and Taxes"),
    ("products", "Products and Locations"),
    ("live", "Go Live"),
]


class BigcommerceFinding(models.Model):
    """What a store still lacks, in plain words, and where it is mended.

    Each room adds what it knows: `_find` is the extension point.
    """

    _name = "bigcommerce.finding"
    _inherit = ["bigcommerce.locked.mixin"]
    _description = "BigCommerce Readiness"
    _order = "backend_id, id"
    _rec_name = "message"

    backend_id = fields.Many2one(
        "bigcommerce.backend",
        "Store",
        required=True,
        index=True,
        ondelete="cascade",
        help="The store that was checked.",
    )
    company_id = fields.Many2one(related="backend_id.company_id", store=True)
    step = fields.Selection(
        STEPS,
        required=True,
        readonly=True,
        help="The step of the set-up that it belongs to.",
    )
    severity = fields.Selection(
        [("blocking", "Blocking"), ("warning", "Look at It"), ("ok", "Ready")],
        required=True,
        readonly=True,
        help="Blocking: the store cannot go live with it.",
    )
    message = fields.Text(
        required=True,
        readonly=True,
        help="What is missing or odd, in words.",
    )
    fix = fields.Char(
        readonly=True,
        help="What mends it: a button of the store, or a list of Odoo's.",
    )
    fix_domain = fields.Json(
        readonly=True,
        help="Which records it is about.",
    )

    def action_fix(self):
        """Do what mends it, or open where a person does."""
        self.ensure_one()
        self._check_user()
        if not self.fix:
            return False
        if self.fix.startswith("action_"):
            return getattr(self.backend_id, self.fix)()
        action = self.env["ir.actions.act_window"]._for_xml_id(self.fix)
        return {**action, "domain": self.fix_domain or [], "context": {}}

    @api.model
    def _check(self, backend):
        """Find out anew what a store lacks.

        :param backend: in its own company, as the system
        :return: the findings, the worst first within each step
        """
        backend.finding_ids.unlink()
        rows = self._find(backend, self._get_client(backend))
        steps, severities = (
            [name for name, _title in pairs]
            for pairs in (STEPS, self._fields["severity"].selection)
        )
        for step, title in STEPS:
            if not any(row["step"] == step for row in rows):
                rows.append(self._row(step, "ok", self.env._("%s: ready", title)))
        rows.sort(
            key=lambda row: (
                steps.index(row["step"]),
                severities.index(row["severity"]),
            )
        )
        return self.create([{**row, "backend_id": backend.id} for row in rows])

    @api.model
    def _find(self, backend, client):
        """Return the values of what a store lacks.

        :param backend: the store, in its own company
        :param client: of the store, None when it is not connected
        :return: list of `_row`
        """
        if not client:
            return [
                self._row(
                    "connect",
                    "blocking",
                    self.env._(
                        "The store is not connected. %s", backend.state_message or ""
                    ),
                    "action_test_connection",
                )
            ]
        return [
            *self._find_scopes(backend, client),
            *self._find_statuses(backend),
            *self._find_currency(backend),
            *self._find_mappings(backend),
        ]

    @api.model
    def _row(self, step, severity, message, fix=None, domain=None):
        """Return the values of one finding.

        :param str step: of STEPS
        :param str severity: `blocking`, `warning` or `ok`
        :param str message: what is missing, for a person
        :param str fix: a method of the store, or the xml id of a window action
        :param list domain: what that shows
        """
        return {
            "step": step,
            "severity": severity,
            "message": message,
            "fix": fix or False,
            "fix_domain": domain or False,
        }

    @api.model
    def _get_client(self, backend):
        return backend._new_client() if backend._is_connected() else None

    @api.model
    def _find_scopes(self, backend, client):
        """Ask for one row of each kind: a scope that is missing is named."""
        needed = [(ORDERS, True), (INFORMATION, True)]
        if backend.auth_method == "token":
            stock = backend.sync_inventory
            needed += [(PRODUCTS, True), (INVENTORY, stock), (LOCATIONS, stock)]
            needed.append((PAYMENTS, False))
        rows = []
        for scope, is_needed in needed:
            try:
                missing = client.lacks(scope)
            except ApiError as error:
                rows.append(self._row("connect", "blocking", str(error)))
                break
            if missing:
                message = self.env._(
                    "The API account lacks the scope “%(name)s” (%(need)s). It cannot "
                    "be added later: create another account and enter its token.",
                    name=scope.name,
                    need=scope.need,
                )
                severity = "blocking" if is_needed else "warning"
                rows.append(self._row("connect", severity, message))
        return rows

    @api.model
    def _find_statuses(self, backend):
        statuses = backend.status_mapping_ids
        if not statuses:
            message = self.env._("The order statuses of the store were not fetched.")
            return [self._row("statuses", "blocking", message, "action_fetch_settings")]
        imports = [status.import_action for status in statuses]
        if backend.import_orders and set(imports) == {"ignore"}:
            message = self.env._("No status says that its orders are imported.")
            action = "connector_bigcommerce.action_bigcommerce_status_mapping"
            return [self._row("statuses", "blocking", message, action, of(backend))]
        return []

    @api.model
    def _find_currency(self, backend):
        currency = backend.default_currency_id
        if currency.active:
            return []
        message = self.env._(
            "The store's currency %s is not active in Odoo.", currency.name or ""
        )
        return [
            self._row("payments", "blocking", message, "base.action_currency_all_form")
        ]

    @api.model
    def _find_mappings(self, backend):
        """Name services, payment methods and taxes that mean nothing in Odoo yet."""
        rows = []
        for step, lines, action, text in (
            (
                "shipping",
                backend.shipping_mapping_ids.filtered(lambda row: not row.carrier_id),
                "action_bigcommerce_shipping_mapping",
                self.env._("Shipping services without a delivery method: %s"),
            ),
            (
                "payments",
                backend.payment_mapping_ids.filtered(
                    lambda row: row.invoicing == "paid" and not row.journal_id
                ),
                "action_bigcommerce_payment_mapping",
                self.env._("Payment methods without the journal that is paid on: %s"),
            ),
            (
                "payments",
                backend.tax_mapping_ids.filtered(
                    lambda row: not (row.tax_id or row.is_collected)
                ),
                "action_bigcommerce_tax_mapping",
                self.env._("Tax rates without an Odoo tax, whose orders are held: %s"),
            ),
        ):
            if lines:
                names = ", ".join(lines.mapped("display_name"))
                domain = [("id", "in", lines.ids)]
                action = f"connector_bigcommerce.{action}"
                rows.append(self._row(step, "warning", text % names, action, domain))
        return rows


def of(backend):
    """Return the domain of what belongs to a store."""
    return [("backend_id", "=", backend.id)]
