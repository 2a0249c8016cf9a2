from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools.constants import GC_UNLINK_LIMIT

# A run that a person started ends after this many seconds; the scheduled action
# does the rest. A web server's request may take 120 s (limit_time_real).
RUN_SECONDS = 60
# After a second failure other stores go first for this long; the wait doubles.
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=1)
# After as long the store gives a quota anew, on most plans (fact F8).
QUOTA_SECONDS = 30


class BigcommerceSyncRun(models.Model):
    """One run of one direction on one store."""

    _name = "bigcommerce.sync.run"
    _description = "BigCommerce Synchronization"
    _order = "id desc"
    _rec_name = "kind"

    backend_id = fields.Many2one(
        "bigcommerce.backend",
        "Store",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
        help="The store that was synchronized.",
    )
    company_id = fields.Many2one(related="backend_id.company_id", store=True)
    kind = fields.Selection(
        [
            ("import_orders", "Orders In"),
            ("export_shipments", "Shipments Out"),
            ("push_inventory", "Stock Out"),
            ("audit_inventory", "Stock Audit"),
            ("preview_inventory", "Stock Dry Run"),
            ("link_products", "Product Links"),
            ("prove", "Daily Proof"),
            ("repair_webhooks", "Webhooks"),
        ],
        required=True,
        readonly=True,
        index=True,
        help="What was synchronized.",
    )
    state = fields.Selection(
        [
            ("running", "Running"),
            ("done", "Done"),
            ("unfinished", "To Be Continued"),
            ("stopped", "Stopped"),
            ("postponed", "Postponed"),
            ("failed", "Failed"),
        ],
        default="running",
        required=True,
        readonly=True,
        help="To be continued: the time was over, the next run goes on. Postponed: "
        "the store could not be asked, it is tried again. Stopped: by a person.",
    )
    start = fields.Datetime(
        required=True,
        readonly=True,
        default=fields.Datetime.now,
        help="When the run began.",
    )
    end = fields.Datetime(
        readonly=True,
        help="When the run ended. Empty: it is under way, or was cut off.",
    )
    done = fields.Integer(readonly=True, help="Records that went well.")
    failed = fields.Integer(readonly=True, help="Records that did not.")
    http_calls = fields.Integer(
        "HTTP Calls",
        readonly=True,
        help="Calls to the store.",
    )
    quota_left = fields.Integer(
        "Calls Left",
        readonly=True,
        aggregator=None,
        help="What the store's quota still allowed when the run ended.",
    )
    message = fields.Text(
        readonly=True,
        help="What came of it, or why it failed.",
    )
    failures = fields.Integer(
        readonly=True,
        aggregator=None,
        help="Runs that failed in a row, up to this one.",
    )
    next_attempt = fields.Datetime(
        readonly=True, help="Until then the scheduled action serves other stores first."
    )

    @api.model
    def _start(self, backend, kind):
        """Note, in the database, that a run begins.

        Only one can be running: one that still says so was cut off.
        """
        self.search(
            [
                ("backend_id", "=", backend.id),
                ("kind", "=", kind),
                ("state", "=", "running"),
            ]
        ).write({"state": "failed", "message": self.env._("The server was stopped.")})
        run = self.create({"backend_id": backend.id, "kind": kind})
        run._commit()
        return run

    @api.model
    def _get_last(self, backend, kind):
        """Return the last run of a direction on a store, or none."""
        return self.search(
            [("backend_id", "=", backend.id), ("kind", "=", kind)], limit=1
        )

    def _get_previous(self):
        """Return the run of the same direction before this one, or none."""
        domain = [("backend_id", "=", self.backend_id.id), ("kind", "=", self.kind)]
        return self.search([*domain, ("id", "<", self.id)], order="id desc", limit=1)

    @api.model
    def _in_turn(self, backends, kind):
        """Return the stores in the order in which a scheduled action serves them.

        The one served least recently comes first. One that failed again and again
        comes after all the others, longer each time, so that a store that hangs does
        not keep them waiting.

        :param backends: the stores that want this direction
        """
        last = self._get_last_of_each(backends, kind)
        now, never = fields.Datetime.now(), self.browse()
        return backends.sorted(
            lambda backend: (
                (last.get(backend, never).next_attempt or now) > now,
                last.get(backend, never).id or 0,
            )
        )

    @api.model
    def _count_unserved(self, backends, kind):
        """Return how many stores a scheduled action has yet to serve in this turn.

        A turn may take several calls of the action; it began after the last one ended.
        """
        ended = Domain("state", "!=", "unfinished")
        if last_turn := self.env.context.get("lastcall"):
            ended &= Domain("start", ">", last_turn)
        last = self._get_last_of_each(backends, kind)
        return len(backends) - sum(
            bool(run.filtered_domain(ended)) for run in last.values()
        )

    def _get_last_of_each(self, backends, kind):
        """Return {store: its last run of a direction}, without those that had none."""
        return {
            backend: self.browse(run_id)
            for backend, run_id in self._read_group(
                [("backend_id", "in", backends.ids), ("kind", "=", kind)],
                ["backend_id"],
                ["id:max"],
            )
        }

    def _postpone(self, delay=None):
        """Let the other stores go first for a while, longer after each failure.

        After the first one, and after a run that got something done, it is tried again
        as soon as it is its turn.

        :param delay: seconds that the store asked for, if it did
        :return: datetime of the next attempt, in UTC
        """
        self._count_failure()
        wait = timedelta(0)
        if self.failures > 1:
            wait = min(FIRST_WAIT * 2 ** (self.failures - 2), LONGEST_WAIT)
        self.next_attempt = fields.Datetime.now() + max(
            wait, timedelta(seconds=delay or 0)
        )
        return self.next_attempt

    def _wait_for_quota(self, delay=None):
        """Let the other stores go first until the store gives a quota again.

        The wait does not grow: the store works, its apps are busy.

        :param delay: seconds that the store asked for, if it did
        """
        self._count_failure()
        seconds = max(delay or 0, QUOTA_SECONDS)
        self.next_attempt = fields.Datetime.now() + timedelta(seconds=seconds)

    def _count_failure(self):
        """Count it in a row, unless the run got something done."""
        before = 0 if self.done else self._get_previous().failures
        self.failures = before + 1

    def _commit(self, done=0, failed=0):
        """Commit what was done, and count it.

        :param int done: records that went well since the last call
        :param int failed: records that did not
        :return: seconds left until the run should end; what is left to do is then
            done by the next run of the scheduled action
        """
        self._count(done, failed)
        seconds_left = self.env["ir.cron"]._commit_progress(done + failed, remaining=1)
        spent = (fields.Datetime.now() - self.start).total_seconds()
        return min(seconds_left, RUN_SECONDS - spent)

    def _count(self, done=0, failed=0):
        """Add to the numbers of records that went well and that did not."""
        if done or failed:
            self.write({"done": self.done + done, "failed": self.failed + failed})

    def _finish(self, client, state, message=False):
        """Note how the run ended, and commit.

        :param client: client.Client that it used, None when there was none
        """
        self.write(
            {
                "end": fields.Datetime.now(),
                "http_calls": client.calls if client else 0,
                "quota_left": (client.quota_left or 0) if client else 0,
                "state": state,
                "message": message or self.message,
            }
        )
        self._commit()

    def _get_title(self):
        """Return what kind of run this is, for a person."""
        return dict(self._fields["kind"]._description_selection(self.env))[self.kind]

    def _note(self, message):
        """Add a line to what the run has to tell."""
        self.message = f"{self.message}\n{message}" if self.message else message

    def _summary(self):
        """Return one line for a person: the store, how many went well or not."""
        counts = self.env._(
            "%(store)s: %(done)s done, %(failed)s failed",
            store=self.backend_id.name,
            done=self.done,
            failed=self.failed,
        )
        return f"{counts}. {self.message}" if self.message else counts

    @api.autovacuum
    def _gc_old_runs(self):
        """Delete runs older than their store keeps them.

        :return: (int, int) runs deleted, stores with more of them
        """
        deleted = unfinished = 0
        backends = self.env["bigcommerce.backend"].with_context(active_test=False)
        for backend in backends.search([("run_retention_days", ">=", 0)]):
            limit = fields.Datetime.now() - timedelta(days=backend.run_retention_days)
            old = self.search(
                [("backend_id", "=", backend.id), ("start", "<", limit)],
                limit=GC_UNLINK_LIMIT,
            )
            deleted += len(old)
            unfinished += len(old) == GC_UNLINK_LIMIT
            old.unlink()
        return deleted, unfinished
