from odoo import fields, models
from odoo.exceptions import UserError

from ...client import ApiError, Forbidden
from ...const import EXPORT_EVENT, IMPORT_ACTION, UPDATE_ACTION


class BigcommerceBackend(models.Model):
    """What is read from the store's settings: all that can be mapped."""

    _inherit = "bigcommerce.backend"

    status_mapping_ids = fields.One2many("bigcommerce.status.mapping", "backend_id")
    shipping_mapping_ids = fields.One2many("bigcommerce.shipping.mapping", "backend_id")
    payment_mapping_ids = fields.One2many("bigcommerce.payment.mapping", "backend_id")
    tax_mapping_ids = fields.One2many("bigcommerce.tax.mapping", "backend_id")
    location_ids = fields.One2many("bigcommerce.location", "backend_id")

    def action_fetch_settings(self):
        """Read statuses, locations, services, payments and store data of each store.

        What a person has mapped stays; new rows get sensible defaults. A part that
        the API account may not read is named, the others are read all the same.

        :raise UserError: when a store cannot be reached
        """
        self._check_manager()
        lines = []
        for backend in self:
            backend = backend._in_company()
            missing = backend._fetch_settings()
            lines.append(backend._settings_summary(missing))
        return self._notify(
            self.env._("Settings fetched"),
            "\n".join(lines),
            "warning" if any("\n" in line for line in lines) else "success",
        )

    def _fetch_settings(self):
        """Fetch each part; return the parts that the API account may not read."""
        client, missing = self._client(), []
        for part, fetch in self._settings_parts():
            try:
                fetch(client)
            except Forbidden as error:
                missing.append(f"{part}: {error}")
            except ApiError as error:
                raise UserError(
                    self.env._(
                        "%(part)s of %(store)s could not be read: %(reason)s",
                        part=part,
                        store=self.name,
                        reason=error,
                    )
                ) from error
        return missing

    def _settings_parts(self):
        """Return (name, method) of each part; a legacy account reaches V2 only."""
        parts = [
            (self.env._("Store data"), self._fetch_store_data),
            (self.env._("Order statuses"), self._fetch_statuses),
            (self.env._("Currencies"), self._fetch_currencies),
            (self.env._("Shipping services"), self._fetch_shipping_services),
            (self.env._("Payment methods"), self._fetch_payment_methods),
        ]
        if self.auth_method == "token":
            parts.append((self.env._("Locations"), self._fetch_locations))
        return parts

    def _settings_summary(self, missing):
        counts = self.env._(
            "%(store)s: %(statuses)s statuses, %(services)s shipping services, "
            "%(payments)s payment methods, %(locations)s locations",
            store=self.name,
            statuses=len(self.status_mapping_ids),
            services=len(self.shipping_mapping_ids),
            payments=len(self.payment_mapping_ids),
            locations=len(self.location_ids),
        )
        return "\n".join([counts, *missing])

    def _fetch_store_data(self, client):
        self.write(self._store_values(client.store()))

    def _fetch_statuses(self, client):
        known = {status.status_id: status for status in self.status_mapping_ids}
        taken = set(self.status_mapping_ids.mapped("export_event"))
        new = []
        for row in client.order_statuses():
            values = {
                "name": row.get("system_label") or row["name"],
                "custom_label": row.get("custom_label") or row["name"],
                "sequence": row.get("order") or 0,
            }
            if status := known.get(row["id"]):
                status.write(values)
                continue
            event = EXPORT_EVENT.get(row["id"])
            new.append(
                {
                    **values,
                    "backend_id": self.id,
                    "status_id": row["id"],
                    "import_action": IMPORT_ACTION.get(row["id"], "ignore"),
                    "update_action": UPDATE_ACTION.get(row["id"], "none"),
                    "export_event": False if event in taken else event,
                }
            )
        self.env["bigcommerce.status.mapping"].create(new)

    def _fetch_currencies(self, client):
        for row in client.currencies():
            if row.get("is_default"):
                self.default_currency_id = self._currency(row.get("currency_code"))

    def _fetch_shipping_services(self, client):
        names = [row.get("name") for row in client.shipping_methods()]
        self.env["bigcommerce.shipping.mapping"]._learn(self, names)

    def _fetch_payment_methods(self, client):
        names = [row.get("name") for row in client.payment_methods()]
        self.env["bigcommerce.payment.mapping"]._learn(self, names)

    def _fetch_locations(self, client):
        self.env["bigcommerce.location"]._receive(self, client.locations())
