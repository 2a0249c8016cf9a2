from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from ...client import Client, LegacyClient
from ...const import OTHERS_WAIT, REHEARSAL
from .fetch_settings import FetchSettings


class BigcommerceBackend(models.Model):
    """A BigCommerce store: how to reach it and what to do with it."""

    _name = "bigcommerce.backend"
    _description = "BigCommerce Store"
    _inherit = ["bigcommerce.followed.mixin"]
    _order = "name, id"
    _check_company_auto = True

    name = fields.Char(
        "Website Name",
        required=True,
        help="What this store is called in Odoo; orders, products and runs carry it.",
    )
    active = fields.Boolean(
        default=True,
        help="Archived: nothing is synchronized, and the store is shown in no list.",
    )
    sync_enabled = fields.Boolean(
        "Enabled",
        default=True,
        tracking=True,
        help="Off: nothing is fetched from this store and nothing is sent to it.",
    )
    import_orders = fields.Boolean(
        default=True,
        help="New and changed orders of the store come in as sale orders.",
    )
    export_shipments = fields.Boolean(
        "Mark As Despatched",
        default=True,
        help="Finished deliveries are sent to the store as shipments, with their "
        "tracking numbers.",
    )
    sync_inventory = fields.Boolean(
        "Inventory Sync",
        help="Quantities and visibility of the linked listings follow Odoo's stock.",
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        default=lambda self: self.env.company,
        help="The company whose orders, stock and books these are.",
    )
    state = fields.Selection(
        [("draft", "Not Connected"), ("connected", "Connected"), ("paused", "Paused")],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        tracking=True,
        help="Paused: the credentials were refused, or this is a copy of the "
        "database that was connected. Nothing is sent until the connection is "
        "tested again.",
    )
    state_message = fields.Char(
        "Connection",
        readonly=True,
        copy=False,
        help="Why the connection does not stand, in words.",
    )

    connected_database = fields.Char(
        copy=False,
        readonly=True,
        help="The database that was connected: a copy of it sends nothing.",
    )
    store_hash = fields.Char(
        readonly=True,
        copy=False,
        help="The part of the API path that names the store.",
    )
    store_name = fields.Char(
        readonly=True,
        copy=False,
        help="As the store calls itself.",
    )
    store_url = fields.Char(
        "Storefront",
        readonly=True,
        copy=False,
        help="Where shoppers buy.",
    )
    store_plan = fields.Char(
        "Plan",
        readonly=True,
        copy=False,
        help="The store's plan decides how many calls it allows.",
    )
    store_timezone = fields.Char(
        "Time Zone",
        readonly=True,
        copy=False,
        help="The store's own time zone. All times are kept in UTC.",
    )
    utc_offset = fields.Float(
        "UTC Offset (hours)",
        readonly=True,
        copy=False,
        help="Hours between the store's time and UTC, daylight saving included.",
    )
    default_currency_id = fields.Many2one(
        "res.currency",
        "Store Currency",
        readonly=True,
        copy=False,
        help="Used where an order names no currency.",
    )
    prices_include_tax = fields.Boolean(
        readonly=True,
        copy=False,
        help="Whether the store enters its prices with tax.",
    )

    status_mapping_ids = fields.One2many(
        "bigcommerce.status.mapping",
        "backend_id",
        help="What each order status of the store means here.",
    )
    shipping_mapping_ids = fields.One2many(
        "bigcommerce.shipping.mapping",
        "backend_id",
        help="Which delivery method stands for each shipping service.",
    )
    payment_mapping_ids = fields.One2many(
        "bigcommerce.payment.mapping",
        "backend_id",
        help="How orders of each payment method are invoiced and booked.",
    )
    tax_mapping_ids = fields.One2many(
        "bigcommerce.tax.mapping",
        "backend_id",
        help="Which Odoo tax stands for each rate of the store.",
    )
    field_mapping_ids = fields.One2many(
        "bigcommerce.field.mapping",
        "backend_id",
        help="Where the answers of the store's checkout fields go.",
    )
    store_tax_rates = fields.Json(
        readonly=True,
        copy=False,
        help="The rates that are set up in the store, as rules/store_rates.py makes "
        "them: an order may bear one of them.",
    )
    collected_tax_account_id = fields.Many2one(
        "account.account",
        "Account for Collected Tax",
        check_company=True,
        domain="[('account_type', 'in', "
        "('liability_current', 'income', 'income_other'))]",
        help="Where tax goes that is a line of its own instead of an Odoo tax.",
    )
    location_ids = fields.One2many(
        "bigcommerce.location",
        "backend_id",
        help="Which Odoo stock each location of the store shows.",
    )

    _store_uniq = models.UniqueIndex(
        "(store_hash) WHERE store_hash IS NOT NULL",
        "This BigCommerce store is already connected.",
    )

    def action_test_connection(self):
        """Ask each store who it is, and remember the answer.

        A copy of the database that was connected stays a copy: it says so.

        :return: a notification that names the store, its plan, currency and time
            zone
        :raise UserError: with the reason, when a store cannot be reached
        """
        self._check_manager()
        for backend in self._as_system():
            backend._in_company()._connect()
        copies = self.filtered("is_copy")
        return self._notify(
            self.env._("A copy of the live database")
            if copies
            else self.env._("Connected"),
            "\n".join(backend.state_message for backend in self),
            "warning" if copies else "success",
        )

    def action_fetch_settings(self):
        """Read statuses, locations, services, payments and store data of each store.

        What a person has mapped stays; new rows get sensible defaults. A part that
        the API account may not read is named, the others are read all the same.

        :raise UserError: when a store cannot be reached
        """
        self._check_manager()
        lines, kind = [], "success"
        for backend in self._as_system():
            settings = FetchSettings(backend._in_company())
            missing = settings.fetch()
            lines += [settings.summary(), *missing]
            kind = "warning" if missing else kind
        return self._notify(self.env._("Settings fetched"), "\n".join(lines), kind)

    def _get_currency(self, code):
        """Return the Odoo currency of an ISO code, active or not."""
        currencies = self.env["res.currency"].with_context(active_test=False)
        return currencies.search([("name", "=", code or "")], limit=1)

    def _client(self):
        """Return a client for this store, ready to be used.

        :raise UserError: when the store is not connected
        """
        self.ensure_one()
        if not self._is_connected():
            raise UserError(
                self.env._(
                    "%(store)s is not connected. %(reason)s Open the store and use "
                    "Test Connection.",
                    store=self.name,
                    reason=self.state_message or "",
                )
            )
        return self._new_client()

    def _new_client(self):
        token = self.env["bigcommerce.secret"]._of(self).access_token
        if not self.api_path or not token:
            raise UserError(
                self.env._(
                    "Enter the API path and the access token of %(store)s first.",
                    store=self.name,
                )
            )
        options = {"quota_wait": 0} if self.env.context.get(OTHERS_WAIT) else {}
        kind = LegacyClient if self.auth_method == "legacy" else Client
        return kind(
            self.api_path,
            token,
            username=self.username or None,
            auth_method=self.auth_method,
            read_only=not self.is_live or bool(self.env.context.get(REHEARSAL)),
            **options,
        )

    def _is_connected(self):
        """Tell whether the store may be talked to; pause it in a copied database."""
        if self.state == "connected" and self.is_copy:
            pause(
                self,
                self.env._("This database is a copy of the one that was connected."),
            )
        return self.state == "connected"

    def _in_company(self):
        """Return this store in the environment of its own company."""
        self.ensure_one()
        company = self.company_id
        return self.with_context(allowed_company_ids=company.ids).with_company(company)

    def _check_manager(self):
        is_manager = self.env.user.has_group("connector_bigcommerce.group_manager")
        if not (self.env.su or is_manager):
            raise AccessError(
                self.env._("Only BigCommerce managers may change a store's set-up.")
            )
        self.check_access("write")

    def _notify(self, title, message, kind="success"):
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "title": title,
                "message": message,
                "type": kind,
                "sticky": kind != "success",
                "next": {"type": "ir.actions.act_window_close"},
            },
        }


def pause(backend, message):
    """Stop all traffic with a store until a person looks at it."""
    backend.write({"state": "paused", "state_message": message})
