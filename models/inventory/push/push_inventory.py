from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import split_every

from ....client import ApiError, RateLimited, RetryLater, Unauthorized
from ....client.limits import INVENTORY_BATCH
from ...sync.bigcommerce_retry_mixin import CONCURRENCY_ERRORS
from ...sync.direction import Direction, OutOfTime
from .purchasing import PushPurchasing
from .quantity_target import targets_to_send
from .read_quantities import read_quantities
from .send_quantities import SendQuantities
from .visibility import PushVisibility

# Signals that are read together.
SIGNALS = 10_000


class PushInventory(Direction, kind="push_inventory"):
    """Stock out: from signals to pending levels to the store."""

    writes = True
    # why the inbox may lack orders of the store, or nothing
    orders_unknown = None

    def work(self):
        if self.backend.order_fetch_start:
            # it may take longer than a run: decreases do not wait for it
            self.collect_signals()
            self.push_quantities(only_lower=True)
        self.orders_unknown = self.fetch_orders()
        self.collect_signals()
        self.push()

    def fetch_orders(self):
        """Fetch the store's orders, so that sold units are not given back.

        (fact F61)

        Where that takes all the time there is, one batch is sent all the same: else a
        slow store would never be told.

        :return: why they could not be fetched, or None when the inbox has them all
        :raise OutOfTime: when the next run is to go on fetching
        :raise Unauthorized, RateLimited: which concern the quantities as well
        """
        if not self.backend.import_orders:
            return None
        try:
            with self.backend._exclusively("fetch_orders") as ours:
                if not ours:
                    return self.env._("another run is fetching them.")
                self.part(self.backend._direction("import_orders")).fetch()
        except OutOfTime:
            if self.backend.order_fetch_start:
                raise
        except (Unauthorized, RateLimited):
            raise
        except (ApiError, UserError, *CONCURRENCY_ERRORS) as error:
            self.env.cr.rollback()
            return str(error)
        return None

    def collect_signals(self):
        """Turn this store's signals into pending levels, and delete them."""
        changes = self.env["bigcommerce.stock.change"]
        ours = [("backend_id", "=", self.backend.id)]
        while found := changes.search(ours, limit=SIGNALS):
            signals = found.try_lock_for_update(allow_referencing=True)
            signals._mark_levels()
            signals.unlink()
            self.run._commit()
            if len(found) < SIGNALS or not signals:
                break

    def push(self):
        """Send what differs: quantities, then what they show, hide or disable.

        :raise RetryLater: when quantities wait for the store's orders
        """
        waiting = self.push_quantities(only_lower=bool(self.orders_unknown))
        self.part(PushVisibility).work()
        self.part(PushPurchasing).work()
        if waiting:
            raise RetryLater(
                self.env._(
                    "Orders could not be fetched, so that %(count)s quantities wait; "
                    "what has less to sell was sent: %(reason)s",
                    count=waiting,
                    reason=self.orders_unknown,
                )
            )

    def push_quantities(self, only_lower=False):
        """Send the due levels that differ from what was last confirmed.

        :param bool only_lower: have those wait that the store may have sold from
        :return int: how many levels wait
        """
        levels, last_id, waiting = self.env["bigcommerce.stock.level"], 0, 0
        size = min(INVENTORY_BATCH, self.client.inventory_batch)
        due = levels._due_domain() & Domain("backend_id", "=", self.backend.id)
        while found := levels.search(
            due & Domain("id", ">", last_id), limit=INVENTORY_BATCH, order="id"
        ):
            last_id = found[-1].id
            changed = targets_to_send(self.backend, found)
            if only_lower:
                all_levels = sum(len(target.levels) for target in changed)
                changed = self._lower_than_shown(changed)
                waiting += all_levels - sum(len(target.levels) for target in changed)
            # what was refused before keeps nothing else waiting
            fresh = [target for target in changed if not target.attempts]
            again = [target for target in changed if target.attempts]
            for alike in (fresh, again):
                for batch in split_every(size, alike, list):
                    self.part(SendQuantities).send(batch)
            self.commit()
        return waiting

    def _lower_than_shown(self, targets):
        """Return those of which the store shows more than it should now."""
        if not targets:
            return []
        products = {target.product.remote_id for target in targets}
        shown = read_quantities(self.client, products)
        return [t for t in targets if t.quantity < shown.get(t.key, 0)]
