from odoo import models
from odoo.exceptions import UserError

from ....client import ApiError, InvalidDocument, Reader
from ..database_identity import this_database


class BigcommerceBackend(models.Model):
    """A store is asked who it is."""

    _inherit = "bigcommerce.backend"

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
