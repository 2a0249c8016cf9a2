import hmac
import secrets

from odoo import api, fields, models

from ...store.counts import count_by_store

KEY = "connector_bigcommerce.health_key"
PATH = "/bigcommerce/health/"


class BigcommerceHealth(models.AbstractModel):
    """How the stores are, for a program that watches the server."""

    _name = "bigcommerce.health"
    _description = "BigCommerce Health"

    @api.model
    def _show(self):
        """Return the action that opens the page of this database, for a manager."""
        return {
            "type": "ir.actions.act_url",
            "url": f"{PATH}{self._get_key()}",
            "target": "new",
        }

    @api.model
    def _get_key(self):
        """Return what opens the page, made when there is none."""
        # managers of stores have no right to the server's parameters
        parameters = self.env["ir.config_parameter"].sudo()
        key = parameters.get_param(KEY)
        if not key:
            key = secrets.token_urlsafe(32)
            parameters.set_param(KEY, key)
        return key

    @api.model
    def _is_key(self, given):
        """Tell whether a text opens the page; takes as long for each text."""
        # a program that watches has no login: the key is checked instead
        known = self.env["ir.config_parameter"].sudo().get_param(KEY)
        same = hmac.compare_digest(
            given.encode(), (known or secrets.token_urlsafe()).encode()
        )
        return bool(known) and same

    @api.model
    def _get_report(self):
        """Return how each store is: a dict that can be written as JSON.

        `ok`: whether no store is paused or has a failure; times are UTC.
        """
        backends = self.env["bigcommerce.backend"].search([("is_live", "=", True)])
        directions = self._get_directions(backends)
        exceptions = count_by_store(backends, "bigcommerce.exception", [])
        stores = [
            {
                "id": backend.id,
                "name": backend.name,
                "state": backend.state,
                "enabled": backend.sync_enabled,
                "directions": directions.get(backend, {}),
                "exceptions": exceptions.get(backend, 0),
                **self._get_queues(backend),
            }
            for backend in backends
        ]
        return {
            "time": _text(fields.Datetime.now()),
            "ok": not any(
                store["state"] == "paused" or store["exceptions"] for store in stores
            ),
            "stores": stores,
        }

    @api.model
    def _get_directions(self, backends):
        """Return {store: {direction: its last run, and its last success}}."""
        runs, found = self.env["bigcommerce.sync.run"], {}
        domain = [("backend_id", "in", backends.ids)]
        successes = {
            (backend, kind): end
            for backend, kind, end in runs._read_group(
                [*domain, ("state", "=", "done")], ["backend_id", "kind"], ["end:max"]
            )
        }
        for backend, kind, last_id in runs._read_group(
            domain, ["backend_id", "kind"], ["id:max"]
        ):
            run = runs.browse(last_id)
            found.setdefault(backend, {})[kind] = {
                "last_success": _text(successes.get((backend, kind))),
                "state": run.state,
                "failures_in_a_row": run.failures,
                "next_attempt": _text(run.next_attempt),
            }
        return found

    @api.model
    def _get_queues(self, backend):
        """Return {kind of record: what waits of it}; each room adds its own."""
        return {}

    @api.model
    def _count_queue(self, backend, model):
        """Return how many records of a store are in each state that is not the end.

        :param str model: that has `backend_id`, and the states of a queue
        """
        rows = self.env[model]._read_group(
            [
                ("backend_id", "=", backend.id),
                ("state", "in", ("pending", "held", "failed")),
            ],
            ["state"],
            ["__count", "create_date:min"],
        )
        counts = {state: count for state, count, _since in rows}
        oldest = [since for state, _count, since in rows if state == "pending"]
        return {
            "waiting": counts.get("pending", 0),
            "held": counts.get("held", 0),
            "failed": counts.get("failed", 0),
            "oldest_waiting": _text(oldest[0]) if oldest else None,
        }


def _text(moment):
    return f"{moment.isoformat()}Z" if moment else None
