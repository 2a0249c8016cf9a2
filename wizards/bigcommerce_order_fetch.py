import re

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.store.in_words import in_words

# Each number is a call of its own; more are a matter for a period.
MOST_NUMBERS = 100


class BigcommerceOrderFetch(models.TransientModel):
    """Fetch orders that a person names: by number, or all of a period."""

    _name = "bigcommerce.order.fetch"
    _description = "Fetch BigCommerce Orders"

    backend_id = fields.Many2one(
        "bigcommerce.backend",
        "Store",
        required=True,
        default=lambda self: self.env["bigcommerce.backend"].search([], limit=1),
        help="The store to fetch from.",
    )
    by = fields.Selection(
        [("number", "Order numbers"), ("period", "Order dates")],
        default="number",
        required=True,
        help="By order numbers, or all orders of a period.",
    )
    numbers = fields.Char(help="For example 1001, 1005-1010")
    date_from = fields.Datetime(
        "Ordered From",
        help="Orders placed from then on are fetched (UTC).",
    )
    date_to = fields.Datetime("Until", help="Empty: until now.")

    @api.constrains("date_from", "date_to")
    def _check_period(self):
        for wizard in self:
            if (
                wizard.date_to
                and wizard.date_from
                and wizard.date_to < wizard.date_from
            ):
                raise UserError(self.env._("The period ends before it begins."))

    @in_words()
    def action_fetch(self):
        """Fetch the orders and import them, as the mapping of their status says.

        Numbers are fetched at once; a period is worked off by the import of orders,
        which goes on by itself when it takes longer.

        :return: an action: the orders, or a notification
        :raise UserError: for numbers that the store does not know, among others
        """
        self.ensure_one()
        self.backend_id._check_user()
        return self._fetch_numbers() if self.by == "number" else self._fetch_period()

    def _fetch_numbers(self):
        numbers = self._order_numbers()
        backend = self.backend_id._as_system()._in_company()
        with backend._exclusively("import_orders") as ours:
            if not ours:
                raise UserError(
                    self.env._("This is running already: look again in a moment.")
                )
            backend.status_mapping_ids._check_mapped(backend)
            orders, missing = backend.env["bigcommerce.order"]._fetch_numbers(
                backend, numbers
            )
        if not orders:
            raise UserError(
                self.env._("%(store)s has none of these orders.", store=backend.name)
            )
        orders.action_retry()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "connector_bigcommerce.action_bigcommerce_order"
        )
        action["domain"] = [("id", "in", orders.ids)]
        if not missing:
            return action
        message = self.env._(
            "%(store)s does not know these orders: %(numbers)s",
            store=backend.name,
            numbers=", ".join(map(str, missing)),
        )
        notification = backend._notify(self.env._("Orders fetched"), message, "warning")
        notification["params"]["next"] = {**action, "views": [(False, "list")]}
        return notification

    def _order_numbers(self):
        """Return the numbers that were typed in, in order.

        :raise UserError: when they cannot be read, or are too many
        """
        numbers = set()
        for part in re.split(r"[\s,;#]+", (self.numbers or "").strip(" ,;#")):
            first, dash, last = part.partition("-")
            if not first.isdecimal() or (dash and not last.isdecimal()):
                raise UserError(
                    self.env._(
                        "“%(text)s” is no order number. Type numbers and ranges, for "
                        "example 1001, 1005-1010",
                        text=part,
                    )
                )
            first, last = int(first), int(last or first)
            if last - first >= MOST_NUMBERS or len(numbers) >= MOST_NUMBERS:
                raise UserError(
                    self.env._(
                        "More than %(most)s orders are fetched by their date.",
                        most=MOST_NUMBERS,
                    )
                )
            numbers.update(range(first, last + 1))
        return sorted(numbers - {0})

    def _fetch_period(self):
        if not self.date_from:
            raise UserError(self.env._("Say from which date orders are to be fetched."))
        backend = self.backend_id._as_system()
        if backend.fetch_back_from:
            raise UserError(
                self.env._(
                    "%(store)s is fetching orders from %(date)s on already, and has "
                    "come to number %(number)s.",
                    store=backend.name,
                    date=backend.fetch_back_from,
                    number=backend.fetch_back_last_id,
                )
            )
        backend.write(
            {"fetch_back_from": self.date_from, "fetch_back_to": self.date_to}
        )
        return self.backend_id.action_import_orders()
