from collections import Counter
from datetime import timedelta

from odoo import api, fields, models

DAYS = 14
LIST = "action_bigcommerce_order"


class BigcommerceDashboard(models.AbstractModel):
    """The orders of each store: how many, how much, which wait."""

    _inherit = "bigcommerce.dashboard"

    def _get_cards(self, backends):
        """Override of `_get_cards` to add the orders."""
        cards = super()._get_cards(backends)
        for state, name, bad in (
            ("pending", self.env._("Orders waiting"), False),
            ("held", self.env._("Orders held"), True),
            ("failed", self.env._("Orders failed"), True),
        ):
            domain = [["state", "=", state]]
            self._add_waiting(cards, name, "bigcommerce.order", LIST, domain, bad)
        self._add_sales(cards)
        return cards

    @api.model
    def _add_sales(self, cards):
        """Add number and turnover of today and of this week, and the last two weeks."""
        stores = self.env["bigcommerce.backend"].browse().concat(*cards)
        today = fields.Datetime.context_timestamp(self, fields.Datetime.now()).date()
        first = today - timedelta(days=DAYS - 1)
        rows = self.env["bigcommerce.order"]._read_group(
            [("backend_id", "in", stores.ids), ("date_created", ">=", first)],
            ["backend_id", "date_created:day", "currency_id"],
            ["__count", "amount_total:sum"],
        )
        week = today - timedelta(days=today.weekday())
        counts, money = Counter(), {}
        for backend, moment, currency, count, amount in rows:
            day = moment.date()
            counts[backend, day] += count
            for since in {since for since in (today, week) if day >= since}:
                sums = money.setdefault((backend, since), Counter())
                sums[currency] += amount
        for backend, card in cards.items():
            card["graph"] = [
                (day.isoformat(), counts[backend, day])
                for day in (first + timedelta(days=number) for number in range(DAYS))
            ]
            for title, since in (
                (self.env._("Orders this week"), week),
                (self.env._("Orders today"), today),
            ):
                count = sum(
                    number
                    for (store, day), number in counts.items()
                    if store == backend and day >= since
                )
                sums = money.get((backend, since), {})
                text = " + ".join(c.format(amount) for c, amount in sums.items() if c)
                row = f"{count}, {text}" if text else str(count)
                card["lines"].insert(0, (title, row))
