from datetime import date

from ...rules import proof as rules

# What is added up on both sides of a day, as the fields of a proof are named.
NAMES = ("orders", "amount", "tax", "refunded", "shipped")
SIDES = ("store", "odoo")


class DaySums:
    """Both sides of each day and currency, added up in a form that can be stored."""

    def __init__(self, env, sums):
        """
        :param dict sums: as stored, by text keys; it is added to
        """
        self._env, self._sums = env, sums

    def add_order(self, key, store, odoo):
        """Add an order on the sides that count it.

        :param tuple key: (date, currency)
        :param InStore store: or None
        :param InOdoo odoo: the other side
        """
        collected = store is not None and store.is_collected
        if rules.counts_in_store(store, odoo):
            shipped = 0 if collected else rules.units_shipped(store, odoo)
            self._add(
                key,
                "store",
                orders=1,
                amount=store.total,
                tax=store.tax,
                shipped=shipped,
            )
        if rules.counts_in_odoo(store, odoo):
            shipped = 0 if collected else odoo.shipped
            self._add(key, "odoo", orders=1, shipped=shipped)
            if odoo.currency == key[1].name:
                self._add(key, "odoo", amount=odoo.total, tax=odoo.tax)

    def add_refunds(self, key, given, credited):
        """Add what was given back of an order, and what was credited of it."""
        self._add(key, "store", refunded=given)
        self._add(key, "odoo", refunded=credited)

    def by_day(self):
        """Return {(date, currency): {field: amount}}."""
        return {self.key_of(text): sums for text, sums in self._sums.items()}

    def text_of(self, key):
        """Return a (date, currency) as a text."""
        day, currency = key
        return f"{day.isoformat()} {currency.id}"

    def key_of(self, text):
        """Return the (date, currency) of such a text."""
        day, currency_id = text.split()
        currency = self._env["res.currency"].browse(int(currency_id))
        return date.fromisoformat(day), currency

    def _add(self, key, side, **amounts):
        sums = self._sums.setdefault(self.text_of(key), {})
        for name, amount in amounts.items():
            field = f"{name}_{side}"
            whole = isinstance(amount, int)
            added = sums.get(field, 0) + (amount if whole else float(amount))
            sums[field] = added if whole else key[1].round(added)
