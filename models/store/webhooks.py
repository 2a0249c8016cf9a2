import hmac
import ipaddress
import logging
import secrets
from urllib.parse import urljoin, urlsplit

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...client import ApiError

_logger = logging.getLogger(__name__)

WEBHOOK_PATH = "/bigcommerce/webhook/"
SECRET_HEADER = "X-Connector-Secret"
# Read by Odoo itself, where a host serves several databases (odoo/http.py).
DATABASE_HEADER = "X-Odoo-Database"

# Events that make us look at the store's orders (bigcommerce-api.md section 8).
ORDER_SCOPES = (
    "store/order/created",
    "store/order/updated",
    "store/order/statusUpdated",
    "store/order/refund/created",
)


class BigcommerceBackend(models.Model):
    """Webhooks: the store calls when something happened, so that we look at once."""

    _inherit = "bigcommerce.backend"

    use_webhooks = fields.Boolean(
        copy=False,
        help="The store tells Odoo at once about new and changed orders. Without, "
        "the scheduled action finds them a few minutes later.",
    )
    webhook_url = fields.Char(
        "Webhook Address",
        compute="_compute_webhook_url",
        store=True,
        readonly=False,
        copy=False,
        help="Where the store reaches this server from the internet: https, port 443.",
    )
    webhook_secret = fields.Char(copy=False, prefetch=False, groups=fields.NO_ACCESS)

    @api.depends("use_webhooks")
    def _compute_webhook_url(self):
        for backend in self:
            backend.webhook_url = backend.webhook_url or backend._own_webhook_url()

    def action_register_webhooks(self):
        """Have each store call us for its orders; what is registered is reused.

        :raise UserError: when a store cannot be reached, or could not reach us
        """
        self._check_manager()
        for backend in self:
            backend = backend._in_company().sudo()
            client = backend._client()
            try:
                backend._register_webhooks(client)
            except ApiError as error:
                raise UserError(
                    self.env._(
                        "The webhooks of %(store)s could not be registered: %(reason)s",
                        store=backend.name,
                        reason=error,
                    )
                ) from error
            backend.use_webhooks = True
        return self._notify(
            self.env._("Webhooks registered"),
            "\n".join(f"{backend.name}: {backend.webhook_url}" for backend in self),
        )

    def _register_webhooks(self, client):
        """Create the missing hooks, repair the others.

        :return int: how many were created or changed
        """
        destination = self._webhook_destination()
        if not self.webhook_secret:
            self.webhook_secret = secrets.token_urlsafe(32)
        headers = {
            SECRET_HEADER: self.webhook_secret,
            DATABASE_HEADER: self.env.cr.dbname,
        }
        known = {
            hook["scope"]: hook
            for hook in client.hooks()
            if hook["destination"] == destination
        }
        changes = 0
        for scope in ORDER_SCOPES:
            hook = known.get(scope)
            if not hook:
                client.create_hook(scope, destination, headers)
            elif not hook.get("is_active") or hook.get("headers") != headers:
                client.update_hook(hook["id"], {"is_active": True, "headers": headers})
            else:
                continue
            changes += 1
        return changes

    def _remove_webhooks(self, client):
        """Delete our hooks, and forget the secret."""
        for hook in client.hooks():
            if hook["destination"] == self.webhook_url:
                client.delete_hook(hook["id"])
        self.webhook_secret = False

    def _check_webhooks(self):
        """Bring hooks back that the store switched off or lost; remove unwanted ones.

        BigCommerce switches a hook off after two days of failures, and after 90
        days without an event (bigcommerce-api.md section 8).
        """
        for backend in self.sudo().filtered(lambda b: b.auth_method == "token"):
            backend = backend._in_company()
            try:
                with self.env.cr.savepoint():
                    if backend.use_webhooks:
                        backend._register_webhooks(backend._client())
                    elif backend.webhook_secret:
                        backend._remove_webhooks(backend._client())
            except (ApiError, UserError) as error:
                _logger.warning("webhooks of %s: %s", backend.name, error)

    def _own_webhook_url(self):
        """Return where this server awaits a store, or False before it has an id."""
        base = self.env["ir.config_parameter"].sudo().get_param("web.base.url")
        store_id = self._origin.id
        return store_id and urljoin(base or "", f"{WEBHOOK_PATH}{store_id}")

    def _webhook_destination(self):
        """Return where the store is to call us.

        :raise UserError: when it could not do so safely
        """
        if self.auth_method == "legacy":
            raise UserError(
                self.env._(
                    "Legacy API accounts have no webhooks: create a store-level API "
                    "account in the store's control panel."
                )
            )
        self.webhook_url = self.webhook_url or self._own_webhook_url()
        address = urlsplit(self.webhook_url.strip())
        if address.scheme != "https" and not _is_loopback(address.hostname):
            raise UserError(
                self.env._(
                    "BigCommerce calls https addresses only, and %(address)s is none. "
                    "Enter the address at which this server is reached from the "
                    "internet.",
                    address=self.webhook_url,
                )
            )
        return self.webhook_url

    def _webhook_secret_matches(self, headers):
        """Tell whether a request comes from this store.

        Takes as long for a store that is not there as for a wrong secret.

        :param headers: of the request
        """
        expected = self.webhook_secret if self and self.active else None
        given = (headers.get(SECRET_HEADER) or "").encode()
        same = hmac.compare_digest(
            given, (expected or secrets.token_urlsafe()).encode()
        )
        return bool(expected) and same

    def _receive_webhook(self, event):
        """Look at the store's orders soon; the event itself is only a reason to.

        :param dict event: as BigCommerce sends it (webhooks.v3.yml)
        """
        if self.import_orders and self.sync_enabled and event["scope"] in ORDER_SCOPES:
            self.env.ref("connector_bigcommerce.cron_import_orders")._trigger()


def _is_loopback(host):
    try:
        return host == "localhost" or ipaddress.ip_address(host or "").is_loopback
    except ValueError:
        return False
