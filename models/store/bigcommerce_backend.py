from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from ...client import ApiError, Client, InvalidDocument, Reader
from ...const import REHEARSAL
from .database_identity import this_database
from .fetch_settings import FetchSettings


class BigcommerceBackend(models.Model):
    """A BigCommerce store: how to reach it and what to do with it."""

    _name = "bigcommerce.backend"
    _description = "BigCommerce Store"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "name, id"
    _check_company_auto = True

    name = fields.Char("Website Name", required=True)
    active = fields.Boolean(default=True)
    sync_enabled = fields.Boolean("Enabled", default=True, tracking=True)
    import_orders = fields.Boolean(default=True)
    export_shipments = fields.Boolean("Mark As Despatched", default=True)
    sync_inventory = fields.Boolean("Inventory Sync")
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
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
    state_message = fields.Char("Connection", readonly=True, copy=False)

    connected_database = fields.Char(
        copy=False,
        readonly=True,
        help="The database that was connected: a copy of it sends nothing.",
    )
    store_hash = fields.Char(readonly=True, copy=False)
    store_name = fields.Char(readonly=True, copy=False)
    store_url = fields.Char("Storefront", readonly=True, copy=False)
    store_plan = fields.Char("Plan", readonly=True, copy=False)
    store_timezone = fields.Char("Time Zone", readonly=True, copy=False)
    utc_offset = fields.Float("UTC Offset (hours)", readonly=True, copy=False)
    default_currency_id = fields.Many2one(
        "res.currency", "Store Currency", readonly=True, copy=False
    )
    prices_include_tax = fields.Boolean(readonly=True, copy=False)

    status_mapping_ids = fields.One2many("bigcommerce.status.mapping", "backend_id")
    shipping_mapping_ids = fields.One2many("bigcommerce.shipping.mapping", "backend_id")
    payment_mapping_ids = fields.One2many("bigcommerce.payment.mapping", "backend_id")
    tax_mapping_ids = fields.One2many("bigcommerce.tax.mapping", "backend_id")
    field_mapping_ids = fields.One2many("bigcommerce.field.mapping", "backend_id")
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
    location_ids = fields.One2many("bigcommerce.location", "backend_id")

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

    def _connect(self):
        try:
            store = self._new_client().store()
            values = self._prepare_store_values(store)
        except (ApiError, InvalidDocument) as error:
            raise UserError(
                self.env._(
                    "%(store)s cannot be reached: %(reason)s",
                    store=self.name,
                    reason=error,
                )
            ) from error
        values["is_token_new"] = False
        if self.is_copy:
            values["state_message"] = self.env._(
                "%(store)s can be reached. This database is a copy of the one that is "
                "connected: it sends nothing until Take Over.",
                store=values["state_message"],
            )
            self.write({**values, "state": "paused"})
            return
        self.write(
            {
                **values,
                "state": "connected",
                "connected_database": this_database(self.env),
            }
        )

    def _prepare_store_values(self, store):
        """Return what we keep of GET /v2/store (store_information.v2.yml).

        :param dict store: the answer as it came
        :raise InvalidDocument: when it cannot be read
        :raise UserError: when it is another store than the one that was connected
        """
        shown = Reader(store, "the store's data")
        if not (shown.has("id") or shown.has("domain")):
            raise InvalidDocument("the store's data is empty")
        zone = shown.part("timezone")
        values = {
            "store_hash": shown.text("id") or self._new_client().store_hash,
            "store_name": shown.text("name"),
            "store_url": shown.text("secure_url") or shown.text("domain"),
            "store_plan": shown.text("plan_name"),
            "store_timezone": zone.text("name"),
            "utc_offset": float(zone.amount("raw_offset")) / 3600,
            "default_currency_id": self._get_currency(shown.text("currency")).id,
            "prices_include_tax": shown.flag("is_price_entered_with_tax"),
        }
        check_same_store(self, values["store_hash"], values["store_name"])
        values["state_message"] = self.env._(
            "%(name)s, plan %(plan)s, %(currency)s, %(zone)s",
            name=values["store_name"],
            plan=values["store_plan"],
            currency=shown.text("currency"),
            zone=values["store_timezone"],
        )
        return values

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
        return Client(
            self.api_path,
            token,
            username=self.username or None,
            auth_method=self.auth_method,
            read_only=not self.is_live or bool(self.env.context.get(REHEARSAL)),
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


def check_same_store(backend, store_hash, store_name):
    """Make sure that the store which answers is the one that is known here.

    Its orders have the numbers of the other one's.

    :raise UserError: when it is another one
    """
    if backend.store_hash in (False, store_hash):
        return
    raise UserError(
        backend.env._(
            "This is another store: %(name)s (%(hash)s) answers, and %(store)s was "
            "connected to %(known)s. Make a new record for it.",
            name=store_name,
            hash=store_hash,
            store=backend.name,
            known=backend.store_hash,
        )
    )


def pause(backend, message):
    """Stop all traffic with a store until a person looks at it."""
    backend.write({"state": "paused", "state_message": message})
