from urllib.parse import urlsplit

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ....client import Client, InvalidApiPath, corrected
from ..database_identity import this_database

ACCOUNT = {"api_path", "username", "access_token", "auth_method"}


class BigcommerceBackend(models.Model):
    """The API account of a store: entered by a manager, never shown again."""

    _name = "bigcommerce.backend"
    _inherit = ["bigcommerce.backend", "bigcommerce.locked.mixin"]

    auth_method = fields.Selection(
        [
            ("token", "Store-level API account"),
            ("legacy", "Legacy V2 API account"),
        ],
        string="API Account",
        default="token",
        required=True,
        help="A store-level API account is created in the store's control panel "
        "under Settings > Store-level API accounts. Legacy accounts reach the old V2 "
        "API only: orders, shipments, and one product a call; no refunds, no webhooks.",
    )
    api_path = fields.Char(
        "API Path",
        copy=False,
        help="As BigCommerce shows it, for example "
        "https://api.bigcommerce.com/stores/abc123/v3/",
    )
    username = fields.Char(
        copy=False,
        help="Of the legacy account, as the store's control panel shows it.",
    )
    access_token = fields.Char(
        compute="_compute_access_token",
        inverse="_inverse_access_token",
        groups="connector_bigcommerce.group_manager",
        help="Goes in and is never shown again. Leave empty to keep the present one. "
        "It is forgotten when the host of the API path or the kind of account changes.",
    )
    has_access_token = fields.Boolean(
        compute="_compute_has_access_token",
        help="Whether a token was entered; the token itself is never shown.",
    )
    is_token_new = fields.Boolean(
        readonly=True, copy=False, help="The next scheduled run tests it."
    )

    @api.depends_context("uid")
    def _compute_access_token(self):
        self.access_token = False

    def _inverse_access_token(self):
        secrets = self.env["bigcommerce.secret"]
        for backend in self.filtered("access_token"):
            secrets._put(backend, access_token=secrets._clean(backend.access_token))
        # what was typed in is not shown to whoever saved it either
        self.access_token = False

    def _compute_has_access_token(self):
        known = self.env["bigcommerce.secret"]._of(self).filtered("access_token")
        for backend in self:
            backend.has_access_token = backend in known.backend_id

    @api.constrains("api_path", "auth_method")
    def _check_api_path(self):
        for backend in self.filtered("api_path"):
            try:
                Client(backend.api_path, "", auth_method=backend.auth_method)
            except InvalidApiPath as error:
                raise ValidationError(str(error)) from error

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `create` to understand other addresses of the store."""
        return super().create([meant(vals) for vals in vals_list])

    def write(self, vals):
        """Override of `write` to ask for a new test when the account changes.

        Where only the token is new, the next scheduled run tests it by itself. A token
        is for one host: another one never gets to see it.
        """
        vals = meant(vals, self[:1].auth_method)
        changed = {name for name in ACCOUNT & vals.keys() if vals[name]}
        before = {backend: host_of(backend) for backend in self}
        result = super().write(vals)
        if changed:
            ask_for_test(self._as_system(), changed)
        moved = self.filtered(lambda backend: before[backend] != host_of(backend))
        if moved and not vals.get("access_token"):
            self.env["bigcommerce.secret"]._put(moved, access_token=False)
        return result


def meant(vals, auth_method="token"):
    """Return values with the API path that was meant by what was typed."""
    if not vals.get("api_path"):
        return vals
    path = corrected(vals["api_path"], vals.get("auth_method", auth_method))
    return {**vals, "api_path": path}


def host_of(backend):
    """Return whom a store's token is for: the kind of account, and the host."""
    return backend.auth_method, urlsplit((backend.api_path or "").strip()).netloc


def ask_for_test(backends, changed):
    """Have stores tested before anything passes between them and Odoo.

    :param set changed: what of their accounts is new
    """
    backends.write({"state": "draft", "state_message": False})
    if changed == {"access_token"}:
        here = this_database(backends.env)
        backends.filtered(
            lambda backend: backend.connected_database == here
        ).is_token_new = True
