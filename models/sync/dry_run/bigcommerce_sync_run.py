from odoo import fields, models

from ....const import REHEARSAL

# A person waits for it.
SECONDS = 45


class BigcommerceSyncRun(models.Model):
    """A run that is tried out, and undone."""

    _inherit = "bigcommerce.sync.run"

    def _commit(self, done=0, failed=0):
        """Override of `_commit` to commit nothing of a rehearsal."""
        if not self.env.context.get(REHEARSAL):
            return super()._commit(done, failed)
        self._count(done, failed)
        return SECONDS - (fields.Datetime.now() - self.start).total_seconds()
