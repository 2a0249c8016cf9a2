from odoo import api, fields, models
from odoo.tools import format_duration

from ...store.counts import count_by_store

# What a store's card links to, and the runs it tells of.
DIRECTIONS = ("import_orders", "export_shipments", "push_inventory")


class BigcommerceDashboard(models.AbstractModel):
    """The numbers on the card of a store; each room adds its own."""

    _name = "bigcommerce.dashboard"
    _description = "BigCommerce Dashboard"

    @api.model
    def _get_cards(self, backends):
        """Return {store: what its card shows}, in few queries for all stores.

        `waiting`: list of {name, count, action, domain, bad}, each a link to a list
        `lines`: list of (title, text)
        `graph`: list of (day, number of orders), the last two weeks
        """
        runs = self._get_runs(backends)
        cards = {}
        for backend in backends:
            lines = [
                (title, self._tell_run(runs.get((backend, kind))))
                for kind, title in self._get_titles()
            ]
            cards[backend] = {"waiting": [], "lines": lines, "graph": []}
        return cards

    @api.model
    def _add_waiting(self, cards, name, model, action, domain, bad=False):
        """Add a number to each card, where it is not 0.

        :param dict cards: {store: card}
        :param str name: what is counted
        :param str action: xml id of the list
        :param list domain: of the records, but for their store
        :param bool bad: whether a person is needed
        """
        stores = self.env["bigcommerce.backend"].browse().concat(*cards)
        for backend, count in count_by_store(stores, model, domain).items():
            cards[backend]["waiting"].append(
                {
                    "name": name,
                    "count": count,
                    "action": f"connector_bigcommerce.{action}",
                    "domain": [["backend_id", "=", backend.id], *domain],
                    "bad": bad,
                }
            )

    @api.model
    def _get_titles(self):
        kinds = self.env["bigcommerce.sync.run"]._fields["kind"]
        titles = dict(kinds._description_selection(self.env))
        return [(kind, titles[kind]) for kind in DIRECTIONS]

    @api.model
    def _get_runs(self, backends):
        """Return {(store, kind): its last run}."""
        runs = self.env["bigcommerce.sync.run"]
        rows = runs._read_group(
            [("backend_id", "in", backends.ids), ("kind", "in", DIRECTIONS)],
            ["backend_id", "kind"],
            ["id:max"],
        )
        return {(backend, kind): runs.browse(run_id) for backend, kind, run_id in rows}

    @api.model
    def _tell_run(self, run):
        """Return when a direction ran last and what came of it, in a few words."""
        if not run:
            return self.env._("never")
        state = dict(run._fields["state"]._description_selection(self.env))[run.state]
        hours = (fields.Datetime.now() - run.start).total_seconds() / 3600
        return self.env._(
            "%(state)s, %(ago)s h ago", state=state, ago=format_duration(hours)
        )
