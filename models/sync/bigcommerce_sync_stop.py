from odoo import fields, models
from odoo.exceptions import UserError


class BigcommerceSyncStop(models.Model):
    """That a person wants a run to end.

    A row of its own: the run's is written by its worker, and who writes it meanwhile
    would break the worker's transaction.
    """

    _name = "bigcommerce.sync.stop"
    _description = "BigCommerce Stop"

    run_id = fields.Many2one(
        "bigcommerce.sync.run",
        required=True,
        index=True,
        ondelete="cascade",
        help="The run that is to end.",
    )


class BigcommerceSyncRun(models.Model):
    """A run that can be stopped."""

    _inherit = "bigcommerce.sync.run"

    def action_stop(self):
        """Have a run end after the batch that it is at; its next turn goes on there.

        :raise UserError: when it does not run
        """
        self.check_access("read")
        if any(run.state != "running" for run in self):
            raise UserError(self.env._("This is not running any more."))
        # whoever may start a run may stop it, without a right to what it notes
        self.env["bigcommerce.sync.stop"].sudo().create(
            [{"run_id": run.id} for run in self]
        )
        return self.env["bigcommerce.backend"]._notify(
            self.env._("Synchronizations"),
            self.env._("It ends after the batch that it is at."),
        )

    def _is_stopped(self):
        """Tell whether a person wants this run to end."""
        return bool(
            self.env["bigcommerce.sync.stop"].search_count(
                [("run_id", "=", self.id)], limit=1
            )
        )
