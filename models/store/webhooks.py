import hmac
import secrets
from urllib.parse import urljoin, urlsplit

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...client import ApiError, is_loopback
from .readiness.bigcommerce_backend import check_live

WEBHOOK_PATH = "/bigcommerce/webhook/"
SECRET_HEADER = "X-Connector-Secret"  # noqa: S105 (a name)
# Read by Odoo itself, where a host serves several databases (odoo/http.py).
DATABASE_HEADER = "X-Odoo-Database"

# Events that make us look at the store's orders (facts F46, F65).
ORDER_SCOPES = (
    "store/order/created",
    "store/order/updated",
    "store/order/statusUpdated",
    "store/order/refund/created",
)


class BigcommerceBackend(models.Model):
    """The store calls when something happened, so that we look at once."""

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

    @api.depends("use_webhooks")
    def _compute_webhook_url(self):
        # everybody may know where this server is
        base = self.env["ir.config_parameter"].sudo().get_param("web.base.url") or ""
        for backend in self.filtered(lambda store: not store.webhook_url):
            store_id = backend._origin.id
            backend.webhook_url = store_id and urljoin(
                base, f"{WEBHOOK_PATH}{store_id}"
            )

    def action_register_webhooks(self):
        """Have each store call us for its orders; what is registered is reused.

        :raise UserError: when a store cannot be reached, or could not reach us
        """
        self._check_manager()
        for backend in self._as_system():
            backend = backend._in_company()
            check_live(backend)
            try:
                Webhooks(backend, backend._client()).register()
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

    def _webhook_secret_matches(self, headers):
        """Tell whether a request comes from this store.

        Takes as long for a store that is not there as for a wrong secret.

        :param headers: of the request
        """
        expected = self.env["bigcommerce.secret"]._of(self).webhook_secret
        given = (headers.get(SECRET_HEADER) or "").encode()
        same = hmac.compare_digest(
            given, (expected or secrets.token_urlsafe()).encode()
        )
        return bool(expected) and same

    def _is_producer_of(self, event):
        """Tell whether an event is this store's, where both say which store it is.

        :param dict event: as BigCommerce sends it (webhooks.v3.yml)
        """
        producer = event.get("producer")
        return not (producer and self.store_hash) or (
            producer == f"stores/{self.store_hash}"
        )

    def _receive_webhook(self, event):
        """Look at the store's orders soon; the event itself is only a reason to.

        :param dict event: as BigCommerce sends it (webhooks.v3.yml)
        """
        if self.import_orders and self.sync_enabled and event["scope"] in ORDER_SCOPES:
            self.env.ref("connector_bigcommerce.cron_import_orders")._trigger()


class Webhooks:
    """Our hooks in a store: made, repaired and removed."""

    def __init__(self, backend, client):
        """
        :param backend: the store, with all rights
        :param client: client.Client of this store
        """
        self.backend, self.env, self.client = backend, backend.env, client
        self._secrets = self.env["bigcommerce.secret"]

    def repair(self):
        """Bring hooks back that the store switched off or lost; remove unwanted ones.

        BigCommerce switches a hook off after two days of failures, and after 90
        days without an event (fact F67).

        :raise UserError, ApiError: as `register`
        """
        if self.backend.use_webhooks:
            self.register()
        elif self._secrets._of(self.backend).webhook_secret:
            self.remove()

    def register(self):
        """Create the missing hooks, repair the others.

        :raise UserError: when the store could not reach us safely
        :raise ApiError: when the store cannot be reached, or refuses
        """
        destination = self._destination()
        headers = {
            SECRET_HEADER: self._secret(),
            DATABASE_HEADER: self.env.cr.dbname,
        }
        known = {hook.get("scope"): hook for hook in self._ours(destination)}
        for scope in ORDER_SCOPES:
            hook = known.get(scope)
            if not hook:
                self.client.create_hook(scope, destination, headers)
            elif not hook.get("is_active") or hook.get("headers") != headers:
                values = {"is_active": True, "headers": headers}
                self.client.update_hook(hook["id"], values)

    def remove(self):
        """Delete our hooks, and forget the secret."""
        for hook in self._ours(self.backend.webhook_url):
            self.client.delete_hook(hook["id"])
        self._secrets._put(self.backend, webhook_secret=False)

    def _secret(self):
        """Return the secret that our hooks carry, made when there is none."""
        known = self._secrets._of(self.backend).webhook_secret
        if not known:
            known = secrets.token_urlsafe(32)
            self._secrets._put(self.backend, webhook_secret=known)
        return known

    def _ours(self, destination):
        hooks = self.client.hooks()
        return [hook for hook in hooks if hook.get("destination") == destination]

    def _destination(self):
        """Return where the store is to call us.

        :raise UserError: when it could not do so safely
        """
        if self.backend.auth_method == "legacy":
            raise UserError(
                self.env._(
                    "Legacy API accounts have no webhooks: create a store-level API "
                    "account in the store's control panel."
                )
            )
        self.backend._compute_webhook_url()
        address = self.backend.webhook_url.strip()
        parts = urlsplit(address)
        if parts.scheme != "https" and not is_loopback(parts.hostname):
            raise UserError(
                self.env._(
                    "BigCommerce calls https addresses only, and %(address)s is none. "
                    "Enter the address at which this server is reached from the "
                    "internet.",
                    address=address,
                )
            )
        return address
