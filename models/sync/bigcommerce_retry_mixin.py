import logging
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ConcurrencyError, UserError
from odoo.fields import Domain
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY

from ...client import ApiError, Forbidden, OutcomeUnknown, RetryLater, Unauthorized

_logger = logging.getLogger(__name__)

# The wait before each further attempt doubles from here, up to a day.
FIRST_RETRY = timedelta(minutes=5)
LAST_RETRY = timedelta(days=1)
# What is refused is left to a person after so many attempts.
MAX_ATTEMPTS = 8

# Another transaction was quicker: nothing is wrong, the whole run is repeated.
CONCURRENCY_ERRORS = (*PG_CONCURRENCY_EXCEPTIONS_TO_RETRY, ConcurrencyError)
# These say something about the store or the API account, not about one record.
STORE_ERRORS = (RetryLater, Unauthorized, Forbidden)


class BigcommerceRetryMixin(models.AbstractModel):
    """A record that is tried again until it works or a person is needed.

    Each has its own error, attempts and next attempt; one that fails stops no other.
    The model adds `state`, in which `pending` is to be done and `failed` is to be done
    again when `next_attempt` has come.
    """

    _name = "bigcommerce.retry.mixin"
    _inherit = ["bigcommerce.locked.mixin"]
    _description = "Tried Again"

    error = fields.Text(
        readonly=True,
        help="Why it failed or waits, in words.",
    )
    attempts = fields.Integer(
        readonly=True,
        aggregator=None,
        help="How often it was tried.",
    )
    next_attempt = fields.Datetime(
        readonly=True,
        help="When it is tried again. Empty: as soon as possible, or only by a "
        "person where it was left to one.",
    )

    # Errors that concern all records alike, and those that only a person can mend.
    _errors_of_store = STORE_ERRORS
    _errors_for_person = ()

    @api.model
    def _due_domain(self):
        """Return the domain of records that are to be tried now."""
        return self._reached_domain() & (
            Domain("state", "=", "pending")
            | Domain("state", "=", "failed") & Domain("next_attempt", "!=", False)
        )

    @api.model
    def _reached_domain(self):
        """Return the domain of records that wait for no later moment."""
        now = fields.Datetime.now()
        return Domain("next_attempt", "=", False) | Domain("next_attempt", "<=", now)

    def _lock_due(self):
        """Return those of these records that are due and that no other worker has."""
        locked = self.try_lock_for_update(allow_referencing=True)
        return locked.filtered_domain(self._due_domain())

    def _set_state(self, state, **values):
        """Move these records to a state: the only place where it is written.

        :param values: what changes along with it
        """
        return self.write({"state": state, **values})

    def _try_soon(self):
        """Have these records tried as soon as possible, whatever was before."""
        return self._set_state("pending", error=False, next_attempt=False)

    def _attempt(self, work):
        """Do the work for this record alone; a failure is undone and noted on it.

        :param work: function without arguments
        :return bool: whether it went well
        :raise: what concerns all records: an error of the store, or another
            transaction that was quicker
        """
        self.ensure_one()
        try:
            with self.env.cr.savepoint():
                work()
        except CONCURRENCY_ERRORS:
            raise
        except self._errors_of_store as error:
            self._postpone(error)
            raise
        except Exception as error:
            self._note_failure(error)
            return False
        return True

    def _note_failure(self, error):
        """Note why this record failed, and whether it is tried again."""
        if isinstance(error, OutcomeUnknown):
            self._postpone(error)
        elif isinstance(error, self._errors_for_person):
            self._leave_to_person(error)
        elif isinstance(error, (ApiError, UserError)):
            self._fail(error)
        else:
            _logger.exception("%s failed", self.display_name)
            self._fail(
                self.env._(
                    "Unexpected error: %(error)s. The server's log has the details.",
                    error=error,
                )
            )

    def _postpone(self, error):
        """Try again later: nothing is wrong with this record."""
        wait = timedelta(seconds=getattr(error, "delay", None) or 0)
        self._set_state(
            "pending",
            error=str(error),
            next_attempt=fields.Datetime.now() + max(wait, self._wait()),
        )

    def _fail(self, error):
        """Try again later, each time later, and at last leave it to a person."""
        self._count_attempt()
        if self.attempts >= MAX_ATTEMPTS:
            self._leave_to_person(error)
            return
        self._set_state(
            "failed",
            error=str(error),
            next_attempt=fields.Datetime.now() + self._wait(),
        )

    def _leave_to_person(self, error):
        """Try no more; a person reads why."""
        self._set_state("failed", error=str(error), next_attempt=False)

    def _count_attempt(self):
        self.attempts += 1

    def _wait(self):
        return min(FIRST_RETRY * 2 ** max(self.attempts - 1, 0), LAST_RETRY)
