from odoo import api, fields, models
from odoo.exceptions import UserError

from ....client import ApiError, NotLive
from ....const import REHEARSAL
from ..direction import OutOfTime


class Undo(Exception):
    """What was tried out is taken back."""


class BigcommerceDryRun(models.Model):
    """What would happen to a record if the store went on now.

    The directions themselves are run, with a client that only reads, and all that they
    did is undone. Each room tries out its own: `_rehearse` is the extension point.
    """

    _name = "bigcommerce.dry.run"
    _inherit = ["bigcommerce.locked.mixin"]
    _description = "BigCommerce Dry Run"
    _order = "backend_id, id"
    _rec_name = "record_name"

    backend_id = fields.Many2one(
        "bigcommerce.backend",
        "Store",
        required=True,
        index=True,
        ondelete="cascade",
        help="The store that was looked at.",
    )
    company_id = fields.Many2one(related="backend_id.company_id", store=True)
    kind = fields.Selection(
        [
            ("order", "Order"),
            ("shipment", "Shipment"),
            ("quantity", "Quantity"),
            ("visibility", "Visibility"),
            ("note", "Note"),
        ],
        required=True,
        readonly=True,
        help="What would change.",
    )
    record_name = fields.Char(
        "Record",
        required=True,
        readonly=True,
        help="The record that would change.",
    )
    before = fields.Char(
        "Now",
        readonly=True,
        help="How it is now.",
    )
    after = fields.Char(
        "Then",
        readonly=True,
        help="How it would be.",
    )
    reason = fields.Text(
        readonly=True,
        help="Why it would change, or would not.",
    )

    @api.model
    def _try_out(self, backend):
        """Find out what would happen, and keep nothing of it but the answer.

        :param backend: the store, in its own company, as the system
        :return: the rows that say so
        :raise UserError: when the store cannot be asked
        """
        backend.dry_run_ids.unlink()
        rows = []
        trial = backend.with_context(**{REHEARSAL: True})
        try:
            with self.env.cr.savepoint():
                rows += trial.env["bigcommerce.dry.run"]._rehearse(trial)
                raise Undo
        except Undo:
            self.env.invalidate_all()
        except ApiError as error:
            raise UserError(str(error)) from error
        return self.create([{**row, "backend_id": backend.id} for row in rows])

    @api.model
    def _rehearse(self, backend):
        """Run what belongs to a room; return the values of what changed.

        :param backend: the store, in the context of a rehearsal
        :return: list of `_row`
        """
        return []

    @api.model
    def _row(self, kind, name, before, after, reason=""):
        """Return the values of one change."""
        return {
            "kind": kind,
            "record_name": name,
            "before": str(before),
            "after": str(after),
            "reason": reason or False,
        }

    @api.model
    def _run(self, backend, kind, work):
        """Let a direction work as far as it goes without writing to the store.

        :param str kind: of the direction
        :param work: function (direction)
        :return: list of `_row`: a note when there was more than could be looked at
        """
        run = self.env["bigcommerce.sync.run"].create(
            {"backend_id": backend.id, "kind": kind}
        )
        try:
            work(backend._direction(kind)(backend, backend._client(), run))
        except NotLive:
            return []
        except OutOfTime:
            text = self.env._("There is more than could be looked at in this time.")
            return [self._row("note", run._get_title(), "", "", text)]
        return []
