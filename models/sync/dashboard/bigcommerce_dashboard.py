from odoo import api, fields, models
from odoo.tools import format_duration

from ...store.counts import count_by_store

# What a store's card links to, and the runs it tells of.
DIRECTIONS = ("import_orders", "export_shipments", "push_inventory")
# Other work is told of while it goes on.
UNDER_WAY = ("running", "unfinished")


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
        runs, titles = self._get_runs(backends), self._get_titles()
        cards, next_run = {}, self._tell_next_run()
        for backend in backends:
            own = {kind: runs.get((backend, kind)) for kind in titles}
            lines = [
                (titles[kind], self._tell_run(run))
                for kind, run in own.items()
                if kind in DIRECTIONS or (run and run.state in UNDER_WAY)
            ]
            lines += self._tell_quota(own.values())
            if backend.is_live and backend.sync_enabled:
                lines.append((self.env._("Next run"), next_run))
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
        """Return {kind: title} of all kinds of runs, in the order of the lines."""
        kinds = self.env["bigcommerce.sync.run"]._fields["kind"]
        return dict(kinds._description_selection(self.env))

    @api.model
    def _get_runs(self, backends):
        """Return {(store, kind): its last run}."""
        runs = self.env["bigcommerce.sync.run"]
        rows = runs._read_group(
            [("backend_id", "in", backends.ids)], ["backend_id", "kind"], ["id:max"]
        )
        return {(backend, kind): runs.browse(run_id) for backend, kind, run_id in rows}

    @api.model
    def _tell_quota(self, runs):
        """Return the line about the calls left in the store's quota, if it is known."""
        latest = max(filter(None, runs), key=lambda run: run.id, default=None)
        if not (latest and latest.quota_left):
            return []
        return [(self.env._("Calls left in the quota"), f"{latest.quota_left:,}")]

    @api.model
    def _tell_next_run(self):
        """Return when orders are fetched next, or that the action is switched off."""
        # who looks at a store need not see the scheduled actions
        cron = self.env.ref("connector_bigcommerce.cron_import_orders").sudo()
        if not cron.active:
            return self.env._("never: the scheduled action is switched off")
        minutes = (cron.nextcall - fields.Datetime.now()).total_seconds() / 60
        return self.env._("in %s min", max(round(minutes), 0))

    @api.model
    def _tell_run(self, run):
        """Return when a direction ran last and what came of it, in a few words."""
        if not run:
            return self.env._("never")
        state = dict(run._fields["state"]._description_selection(self.env))[run.state]
        if run.state in UNDER_WAY:
            return self.env._("%(state)s, %(done)s done", state=state, done=run.done)
        hours = (fields.Datetime.now() - run.start).total_seconds() / 3600
        return self.env._(
            "%(state)s, %(ago)s h ago", state=state, ago=format_duration(hours)
        )
