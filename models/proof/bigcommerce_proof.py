from odoo import api, fields, models
from odoo.tools import plaintext2html

from .day_sums import NAMES, SIDES


class BigcommerceProof(models.Model):
    """A day of a store: its orders there and here, side by side."""

    _name = "bigcommerce.proof"
    _inherit = ["bigcommerce.locked.mixin", "bigcommerce.followed.mixin"]
    _description = "BigCommerce Daily Proof"
    _order = "date desc, backend_id, currency_id"

    backend_id = fields.Many2one(
        "bigcommerce.backend",
        "Store",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
        help="The store that was compared.",
    )
    company_id = fields.Many2one(related="backend_id.company_id", store=True)
    date = fields.Date(
        "Day",
        required=True,
        readonly=True,
        help="On which the orders were placed, by the store's calendar. What happened "
        "to them later counts for this day.",
    )
    currency_id = fields.Many2one(
        "res.currency",
        required=True,
        readonly=True,
        help="The currency of the day's orders. Empty: there are several.",
    )
    orders_store = fields.Integer(
        "Orders in the Store",
        readonly=True,
        help="Orders of the day, as the store lists them.",
    )
    orders_odoo = fields.Integer(
        "Orders in Odoo",
        readonly=True,
        help="How many of them are here.",
    )
    amount_store = fields.Monetary(
        "Charged in the Store", readonly=True, help="Tax included, before refunds."
    )
    amount_odoo = fields.Monetary(
        "Sold in Odoo",
        readonly=True,
        help="Totals of the sale orders, tax included, quotations among them.",
    )
    tax_store = fields.Monetary(
        "Tax in the Store",
        readonly=True,
        help="Tax in the store's orders.",
    )
    tax_odoo = fields.Monetary(
        "Tax in Odoo",
        readonly=True,
        help="Tax in the sale orders.",
    )
    refunded_store = fields.Monetary(
        "Refunded in the Store",
        readonly=True,
        help="Paid back in the store.",
    )
    refunded_odoo = fields.Monetary(
        "Credited in Odoo",
        readonly=True,
        help="Credit notes of these orders, drafts among them.",
    )
    shipped_store = fields.Integer(
        "Units Shipped in the Store",
        readonly=True,
        help="Units that the store says were shipped.",
    )
    shipped_odoo = fields.Integer(
        "Units Delivered in Odoo",
        readonly=True,
        help="Units that were delivered here.",
    )
    state = fields.Selection(
        [("equal", "Equal"), ("different", "Different")],
        readonly=True,
        index=True,
        tracking=True,
        help="Empty while the day is compared for the first time.",
    )
    difference_count = fields.Integer(
        "Differences",
        readonly=True,
        help="Differences that nobody has settled.",
    )
    left_out_count = fields.Integer(
        "Left Out",
        readonly=True,
        help="Orders that are not compared, such as those whose status is not "
        "imported.",
    )
    compared_at = fields.Datetime(
        "Compared",
        readonly=True,
        help="When it was compared last.",
    )
    line_ids = fields.One2many(
        "bigcommerce.proof.line",
        "proof_id",
        help="Each difference with its record and its cause.",
    )

    _day_uniq = models.UniqueIndex(
        "(backend_id, date, currency_id)", "This day has a proof already."
    )

    @api.depends("backend_id.name", "date", "currency_id.name")
    def _compute_display_name(self):
        for proof in self:
            proof.display_name = (
                f"{proof.backend_id.name} {proof.date} {proof.currency_id.name}"
            )

    def action_prove_again(self):
        """Compare these days with the store once more, and what changed besides.

        :return: a notification that tells what came of it
        :raise UserError: when a store cannot be reached
        """
        self._check_user()
        for backend, proofs in self._as_system().grouped("backend_id").items():
            days = {day.isoformat() for day in proofs.mapped("date")}
            backend.proof_days_due = sorted(days | set(backend.proof_days_due or ()))
        return self.backend_id._synchronize_now("prove")

    @api.model
    def _ensure(self, backend, keys):
        """Return {(date, currency): proof} of some days of a store.

        :param keys: iterable of such pairs; what is missing is made
        """
        known = {
            (proof.date, proof.currency_id): proof
            for proof in self.search(
                [
                    ("backend_id", "=", backend.id),
                    ("date", "in", [day for day, _currency in keys]),
                ]
            )
        }
        missing = list(dict.fromkeys(key for key in keys if key not in known))
        new = self.create(
            [
                {"backend_id": backend.id, "date": day, "currency_id": currency.id}
                for day, currency in missing
            ]
        )
        return {**known, **dict(zip(missing, new, strict=True))}

    def _conclude(self, sums, calendar):
        """Note what came of these days, and tell a person what is new.

        :param dict sums: {(date, currency): {name: amount}}, names as the fields
        :param StoreDays calendar: of the store
        """
        now = fields.Datetime.now()
        counts = {
            (proof, differs): count
            for proof, differs, count in self.env["bigcommerce.proof.line"]._read_group(
                [("proof_id", "in", self.ids)],
                ["proof_id", "is_difference"],
                ["__count"],
            )
        }
        for proof in self:
            differences = counts.get((proof, True), 0)
            proof._write_changes(
                {
                    **proof._prepare_sums(sums.get((proof.date, proof.currency_id))),
                    "difference_count": differences,
                    "left_out_count": counts.get((proof, False), 0),
                    "state": "different" if differences else "equal",
                }
            )
            proof.compared_at = now
            if not differences:
                proof.activity_unlink(["mail.mail_activity_data_todo"])
            elif proof.date < calendar.day_of(now):
                proof._tell_person()

    def _prepare_sums(self, sums):
        """Return the values of both sides' fields."""
        sums = sums or {}
        return {
            f"{name}_{side}": sums.get(f"{name}_{side}", 0)
            for name in NAMES
            for side in SIDES
        }

    def _write_changes(self, values):
        """Write what is not so already."""
        changes = {}
        for name, value in values.items():
            field = self._fields[name]
            if field.type == "monetary":
                value = self.currency_id.round(value)
            if self[name] != value:
                changes[name] = value
        if changes:
            self.write(changes)

    def _tell_person(self):
        """Have a person look at a day that is over, once for each difference.

        While the activity is open, further differences are read in the proof.
        """
        news = self.line_ids.filtered(
            lambda line: line.is_difference and not line.is_told
        )
        if not news:
            return
        news.is_told = True
        todo = "mail.mail_activity_data_todo"
        if self.activity_search([todo]):
            return
        store = self.backend_id
        causes = dict(news._fields["cause"]._description_selection(self.env))
        self.activity_schedule(
            todo,
            summary=self.env._("The day is different in the store and in Odoo"),
            note=plaintext2html(
                "\n".join(
                    f"#{line.order_number}: {causes[line.cause]}" for line in news[:20]
                )
            ),
            user_id=(store.user_id or store.create_uid).id,
        )
