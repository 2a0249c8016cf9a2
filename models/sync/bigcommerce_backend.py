import logging
import zlib
from contextlib import contextmanager
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...client import ApiError, RateLimited, RetryLater, Unauthorized
from ...const import OTHERS_WAIT, REHEARSAL
from ..store.bigcommerce_backend import pause
from ..store.readiness.bigcommerce_backend import check_live
from .bigcommerce_retry_mixin import CONCURRENCY_ERRORS
from .direction import Direction, OutOfTime, Stopped

_logger = logging.getLogger(__name__)

# What is to go on soon goes on after this many seconds.
PAUSE_SECONDS = 60


class BigcommerceBackend(models.Model):
    """How a direction is run: one worker a store, contained failures, a record."""

    _inherit = "bigcommerce.backend"

    sync_run_ids = fields.One2many(
        "bigcommerce.sync.run",
        "backend_id",
        help="What was synchronized, when, and with what result.",
    )
    run_retention_days = fields.Integer(
        "Keep Runs (days)",
        default=30,
        help="Runs are deleted after this many days.",
    )

    _run_retention = models.Constraint(
        "CHECK (run_retention_days >= 0)", "Runs are kept for 0 days or more."
    )

    def action_import_orders(self):
        """Fetch new and changed orders and make sale orders, now."""
        return self._synchronize_now("import_orders")

    def action_export_shipments(self):
        """Send finished deliveries to the stores, now."""
        return self._synchronize_now("export_shipments")

    def action_push_inventory(self):
        """Send changed quantities and visibilities, now."""
        return self._synchronize_now("push_inventory")

    def action_audit_inventory(self):
        """Compare all levels and visibilities with the store and repair, now."""
        return self._synchronize_now("audit_inventory")

    def action_link_products(self):
        """Read the stores' catalogs and link them to Odoo's products, now."""
        return self._synchronize_now("link_products")

    @api.model
    def _cron_import_orders(self):
        self._synchronize_all("import_orders", [("import_orders", "=", True)])

    @api.model
    def _cron_export_shipments(self):
        self._synchronize_all("export_shipments", [("export_shipments", "=", True)])

    @api.model
    def _cron_push_inventory(self):
        self._synchronize_all("push_inventory", [("sync_inventory", "=", True)])

    @api.model
    def _cron_audit_inventory(self):
        self._synchronize_all("audit_inventory", [("sync_inventory", "=", True)])

    @api.model
    def _cron_maintenance(self):
        self._synchronize_all("repair_webhooks", [("auth_method", "=", "token")])

    def _synchronize_now(self, kind):
        """Run a direction for a person, and tell what came of it.

        :raise UserError: when it failed for one of the stores; what was done
            before is kept
        """
        self._check_user()
        backends = self._as_system()
        for backend in backends:
            if not (backend.active and backend.sync_enabled):
                raise UserError(
                    self.env._("%(store)s is switched off.", store=backend.name)
                )
            backend._client()
            if self._direction(kind).writes:
                check_live(backend)
        runs = backends._synchronize(kind)
        if len(runs) < len(backends):
            raise UserError(
                self.env._("This is running already: look again in a moment.")
            )
        if "unfinished" in runs.mapped("state"):
            trigger_cron(self, kind)
        failed = runs.filtered(lambda run: run.state in ("failed", "postponed"))
        if failed:
            raise UserError("\n".join(failed.mapped("message")))
        title = runs[:1]._get_title() if runs else ""
        return self._notify(title, "\n".join(run._summary() for run in runs))

    @api.model
    def _synchronize_all(self, kind, domain):
        """Run a direction for every store that wants it, in a scheduled action."""
        progress = self.env["ir.cron"]._commit_progress
        progress(remaining=1)
        wanted = Domain([("sync_enabled", "=", True), *domain])
        if self._direction(kind).writes:
            wanted &= Domain("is_live", "=", True)
        for backend in self.search(wanted & Domain("is_token_new", "=", True)):
            try_new_token(backend._in_company())
        backends = self.search(wanted & Domain("state", "=", "connected"))
        all_runs = self.env["bigcommerce.sync.run"]
        turn = all_runs._in_turn(backends, kind)
        for backend in turn:
            others_wait = backend != turn[-1]
            runs = backend.with_context(**{OTHERS_WAIT: others_wait})._synchronize(kind)
            if "unfinished" in runs.mapped("state") or progress(remaining=1) <= 0:
                progress(remaining=all_runs._count_unserved(backends, kind))
                return
        progress(remaining=0)

    def _synchronize(self, kind):
        """Run a direction for each store; return the runs that took place."""
        runs = self.env["bigcommerce.sync.run"]
        for backend in self:
            backend = backend._in_company()
            if not backend._is_connected():
                continue
            with backend._exclusively(kind) as ours:
                if ours:
                    runs += backend._run(kind)
        return runs.exists()

    def _run(self, kind):
        """Run a direction for this store; whatever fails stays in its own run."""
        run, client = self.env["bigcommerce.sync.run"]._start(self, kind), None
        try:
            client = self._client()
            self._direction(kind)(self, client, run).work()
            run._finish(client, "done")
        except OutOfTime:
            run._finish(client, "unfinished")
        except Stopped:
            run._finish(client, "stopped")
        except Exception as error:
            self.env.cr.rollback()
            run._finish(client, *self._record_failure(run, error))
        return run

    @api.model
    def _direction(self, kind):
        """Return the class that works a direction off (direction.py).

        Another addon may put a subclass in its place.

        :param str kind: as runs have it
        """
        return Direction.kinds[kind]

    def _record_failure(self, run, error):
        """Do what a failure asks for; return the run's state and message."""
        state, message = "failed", str(error)
        if isinstance(error, (RetryLater, *CONCURRENCY_ERRORS)):
            state = "postponed"
        elif isinstance(error, Unauthorized):
            pause_for_token(self, message)
        elif not isinstance(error, (ApiError, UserError)):
            _logger.error("%s of %s failed", run.kind, self.name, exc_info=error)
            message = self.env._(
                "Unexpected error: %(error)s. The server's log has the details.",
                error=message,
            )
        if not isinstance(error, (UserError, *CONCURRENCY_ERRORS)):
            if isinstance(error, RateLimited):
                run._wait_for_quota(error.delay)
            else:
                run._postpone(getattr(error, "delay", None))
        if state == "postponed":
            trigger_cron(self, run.kind, run.next_attempt)
        return state, message

    @contextmanager
    def _exclusively(self, kind):
        """Give this worker a direction of this store, or False when another has it.

        A lock of PostgreSQL's session: unlike a row lock it outlives the commits
        between two batches and never makes a form or a warehouse wait. A rehearsal
        needs none: what it does is undone.
        """
        if self.env.context.get(REHEARSAL):
            yield True
            return
        key, execute = lock_key(self, kind), self.env.cr.execute
        execute("SELECT pg_try_advisory_lock(%s, %s)", key)
        ours = self.env.cr.fetchone()[0]
        try:
            yield ours
        except Exception:
            # a broken transaction could not unlock, and the connection lives on
            self.env.cr.rollback()
            raise
        finally:
            if ours:
                execute("SELECT pg_advisory_unlock(%s, %s)", key)


def trigger_cron(backend, kind, moment=None):
    """Have the scheduled action run once more, at a moment or a minute from now."""
    cron = backend.env.ref(f"connector_bigcommerce.cron_{kind}", False)
    if cron:
        soon = fields.Datetime.now() + timedelta(seconds=PAUSE_SECONDS)
        cron._trigger(at=moment or soon)


def lock_key(backend, kind):
    """Return the two numbers that a direction of a store is locked by."""
    return zlib.crc32(f"bigcommerce {kind}".encode()) - 2**31, backend.id


def try_new_token(backend):
    """Connect a store with its new token; a wrong one pauses it.

    When the store cannot be reached, the next run tries again.
    """
    try:
        backend._connect()
    except UserError as error:
        if isinstance(error.__cause__, Unauthorized):
            backend.is_token_new = False
            pause_for_token(backend, str(error))
    else:
        # hooks belong to the API account that made them
        with_hooks = [("is_live", "=", True), ("auth_method", "=", "token")]
        backend.filtered_domain(with_hooks)._synchronize("repair_webhooks")


def pause_for_token(backend, message):
    """Stop all traffic with a store whose token is refused, and ask a person, once."""
    pause(backend, message)
    todo = "mail.mail_activity_data_todo"
    if not backend.activity_search([todo]):
        summary = backend.env._("The store refuses the access token")
        backend.activity_schedule(todo, summary=summary, note=message)
