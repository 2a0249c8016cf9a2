from odoo import api, fields, models
from odoo.tools import SQL

# A direction that failed so often in a row needs a person.
FAILURES = 3
# Each part of the list has a number, so that ids stay the same.
PARTS = 16


class BigcommerceException(models.Model):
    """All that waits for a person or failed, whatever it is: a view, no copy.

    Each room adds its own part (`_get_parts`) and what to do about it (`_get_hints`).
    """

    _name = "bigcommerce.exception"
    _description = "BigCommerce Exception"
    _auto = False
    _depends = {
        "bigcommerce.backend": ["active", "name", "state", "state_message"],
        "bigcommerce.sync.run": ["failures", "message", "next_attempt", "state"],
    }
    _order = "backend_id, kind, id desc"

    backend_id = fields.Many2one(
        "bigcommerce.backend",
        "Store",
        readonly=True,
        help="The store that it belongs to.",
    )
    company_id = fields.Many2one(
        "res.company",
        readonly=True,
        help="The company of the store.",
    )
    kind = fields.Selection(
        [
            ("order", "Order"),
            ("shipment", "Shipment"),
            ("product", "Product"),
            ("level", "Quantity"),
            ("refund", "Refund"),
            ("payment", "Payment"),
            ("store", "Store"),
        ],
        readonly=True,
        help="What kind of record it is.",
    )
    res_model = fields.Char(
        "Model",
        readonly=True,
        help="Where the record is kept.",
    )
    res_id = fields.Many2oneReference(
        "Record",
        model_field="res_model",
        readonly=True,
        help="The record that failed or waits.",
    )
    name = fields.Char(
        "What",
        readonly=True,
        help="The record, as a person calls it.",
    )
    state = fields.Char(
        readonly=True,
        help="The record's own state.",
    )
    cause = fields.Char(
        readonly=True,
        help="What kind of trouble it is.",
    )
    error = fields.Text(
        "Why",
        readonly=True,
        help="The reason, in words.",
    )
    hint = fields.Text(
        "What to Do",
        compute="_compute_hint",
        help="What a person can do about it.",
    )
    next_attempt = fields.Datetime(
        readonly=True, help="Until a person does something, it is tried again then."
    )
    user_id = fields.Many2one(
        "res.users",
        "Owner",
        readonly=True,
        help="The salesperson of the store, who is to look at it.",
    )

    @property
    def _table_query(self):
        parts = [
            SQL("SELECT part.id * %s + %s AS id, %s FROM (%s) part", *row)
            for row in (
                (PARTS, number, self._get_columns(), query)
                for number, query in sorted(self._get_parts().items())
            )
        ]
        return SQL(" UNION ALL ").join(parts)

    @api.model
    def _get_columns(self):
        return SQL(
            "part.backend_id, part.company_id, part.kind, part.res_model, "
            "part.id AS res_id, part.name, part.state, part.cause, part.error, "
            "part.next_attempt, part.user_id"
        )

    @api.model
    def _get_parts(self):
        """Return {number: SQL} of the parts of the list.

        Each selects id, backend_id, company_id, kind, res_model, name, state, cause,
        error, next_attempt and user_id.
        """
        return {
            0: SQL(
                """
                SELECT id, id AS backend_id, company_id, 'store' AS kind,
                       'bigcommerce.backend' AS res_model, name, state,
                       'paused' AS cause, state_message AS error,
                       NULL::timestamp AS next_attempt, user_id
                  FROM bigcommerce_backend
                 WHERE active AND state = 'paused'
                """
            ),
            1: SQL(
                """
                SELECT last.id, last.backend_id, last.company_id, 'store' AS kind,
                       'bigcommerce.sync.run' AS res_model,
                       store.name || ': ' || last.kind AS name, last.state,
                       'run' AS cause, last.message AS error, last.next_attempt,
                       store.user_id
                  FROM (SELECT DISTINCT ON (backend_id, kind) *
                          FROM bigcommerce_sync_run
                         ORDER BY backend_id, kind, id DESC) last
                  JOIN bigcommerce_backend store ON store.id = last.backend_id
                 WHERE store.active AND last.failures >= %s
                """,
                FAILURES,
            ),
        }

    @api.depends("kind", "cause")
    def _compute_hint(self):
        hints = self._get_hints()
        for row in self:
            row.hint = hints.get((row.kind, row.cause)) or hints.get((row.kind, None))

    @api.model
    def _get_hints(self):
        """Return {(kind, cause): what a person can do}; None for any other cause."""
        return {
            ("store", "paused"): self.env._(
                "Test the connection of the store; enter a new token where this one is "
                "refused."
            ),
            ("store", "run"): self.env._(
                "It is tried again and again. If the store answers others, look at the "
                "reason, then start it by hand."
            ),
        }

    def action_open(self):
        """Open the place where a person mends it: the record, unless a room knows a
        better one."""
        self.ensure_one()
        record = self._get_record()
        record.check_access("read")
        return self._get_place() or record._get_records_action()

    def action_plan(self):
        """Plan an activity about it: on the order that it belongs to, or the store."""
        self.ensure_one()
        record = self._get_record()
        record.check_access("read")
        if "activity_ids" not in record._fields:
            known = "order_id" in record._fields
            record = record.order_id if known else self.backend_id
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Plan an Activity"),
            "res_model": "mail.activity.schedule",
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "active_model": record._name,
                "active_ids": record.ids,
                "default_summary": self.name,
            },
        }

    def action_retry(self):
        """Try again what failed, one or many; each as its own button does.

        :return: a notification with their number
        """
        self.check_access("read")
        for model, rows in self.grouped("res_model").items():
            self._retry(self.env[model].browse(rows.mapped("res_id")))
        return self.env["bigcommerce.backend"]._notify(
            self.env._("Exceptions"),
            self.env._("%s are tried again.", len(self)),
        )

    def _get_record(self):
        return self.env[self.res_model].browse(self.res_id)

    def _get_place(self):
        """Return the action that opens a better place than the record, or None."""
        return None

    @api.model
    def _retry(self, records):
        """Try records of one model again."""
        if records._name == "bigcommerce.backend":
            records.action_test_connection()
        elif records._name == "bigcommerce.sync.run":
            for run in records:
                run.backend_id._synchronize_now(run.kind)
        else:
            records.action_retry()
