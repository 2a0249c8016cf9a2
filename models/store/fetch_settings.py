import logging

from odoo.exceptions import UserError

from ...client import ApiError, Forbidden, NotFound
from ...const import EXPORT_EVENT, IMPORT_ACTION, UPDATE_ACTION
from ...rules.store_rates import store_rates

_logger = logging.getLogger(__name__)


class FetchSettings:
    """Reads what is set in a store: all that can be mapped."""

    def __init__(self, backend):
        """
        :param backend: the store, in its own company
        :raise UserError: when it is not connected
        """
        self.backend, self.env = backend, backend.env
        self.client = backend._client()

    def fetch(self):
        """Fetch each part of the settings.

        :return: list of str, the parts that the API account may not read, and why
        :raise UserError: when the store cannot be reached
        """
        missing = []
        for name, fetch_part in self._parts():
            try:
                fetch_part()
            except (Forbidden, NotFound) as error:
                missing.append(f"{name}: {error}")
            except ApiError as error:
                raise self._unread(name, error) from error
            except (AttributeError, KeyError, TypeError, ValueError) as error:
                _logger.exception("%s of %s", name, self.backend.name)
                words = self.env._("the answer is not as BigCommerce describes it")
                raise self._unread(name, words) from error
        return missing

    def _unread(self, name, reason):
        return UserError(
            self.env._(
                "%(part)s of %(store)s could not be read: %(reason)s",
                part=name,
                store=self.backend.name,
                reason=reason,
            )
        )

    def summary(self):
        """Return one line for a person: what the store has."""
        backend = self.backend
        return self.env._(
            "%(store)s: %(statuses)s statuses, %(services)s shipping services, "
            "%(payments)s payment methods, %(locations)s locations",
            store=backend.name,
            statuses=len(backend.status_mapping_ids),
            services=len(backend.shipping_mapping_ids),
            payments=len(backend.payment_mapping_ids),
            locations=len(backend.location_ids),
        )

    def _parts(self):
        """Return (name, method) of each part; a legacy account reaches V2 only."""
        parts = [
            (self.env._("Store data"), self._fetch_store_data),
            (self.env._("Order statuses"), self._fetch_statuses),
            (self.env._("Currencies"), self._fetch_currencies),
            (self.env._("Shipping services"), self._fetch_shipping_services),
            (self.env._("Payment methods"), self._fetch_payment_methods),
            (self.env._("Locations"), self._fetch_locations),
        ]
        if self.backend.auth_method == "token":
            parts.append((self.env._("Tax rates"), self._fetch_tax_rates))
        return parts

    def _fetch_store_data(self):
        self.backend.write(self.backend._prepare_store_values(self.client.store()))

    def _fetch_statuses(self):
        statuses = self.backend.status_mapping_ids
        known = statuses.grouped("status_id")
        taken, new = set(statuses.mapped("export_event")), []
        for row in self.client.order_statuses():
            # 0 is one of them (fact F25); one without a number cannot be mapped
            if row.get("id") is None:
                continue
            name = row.get("name") or str(row["id"])
            values = {
                "name": row.get("system_label") or name,
                "custom_label": row.get("custom_label") or name,
                "sequence": row.get("order") or 0,
            }
            if status := known.get(row["id"]):
                status.write(values)
                continue
            event = EXPORT_EVENT.get(row["id"])
            new.append(
                {
                    **values,
                    "backend_id": self.backend.id,
                    "status_id": row["id"],
                    "import_action": IMPORT_ACTION.get(row["id"], "ignore"),
                    "update_action": UPDATE_ACTION.get(row["id"], "none"),
                    "export_event": False if event in taken else event,
                }
            )
        statuses.create(new)

    def _fetch_currencies(self):
        for row in self.client.currencies():
            if row.get("is_default"):
                currency = self.backend._get_currency(row.get("currency_code"))
                self.backend.default_currency_id = currency

    def _fetch_shipping_services(self):
        names = [row.get("name") for row in self.client.shipping_methods()]
        self.backend.shipping_mapping_ids._create_missing(self.backend, names)

    def _fetch_payment_methods(self):
        names = [row.get("name") for row in self.client.payment_methods()]
        self.backend.payment_mapping_ids._create_missing(self.backend, names)

    def _fetch_tax_rates(self):
        zones, rates = self.client.tax_zones(), self.client.tax_rates()
        self.backend.store_tax_rates = store_rates(zones, rates)

    def _fetch_locations(self):
        self.backend.location_ids._receive(self.backend, self.client.locations())
