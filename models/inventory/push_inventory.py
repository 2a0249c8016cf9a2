from odoo import fields
from odoo.fields import Domain
from odoo.tools import split_every

from ...client import Invalid, RetryLater
from ...client.limits import INVENTORY_BATCH
from ..sync.direction import Direction
from .purchasing import PushPurchasing
from .quantity_target import compute_targets
from .visibility import PushVisibility

# Signals that are read together.
SIGNALS = 10_000


class PushInventory(Direction, kind="push_inventory"):
    """Stock out: from signals to pending levels to the store."""

    writes = True

    def work(self):
        self.fetch_orders()
        self.collect_signals()
        self.push()

    def fetch_orders(self):
        """Fetch the store's orders, so that sold units are not given back.

        (fact F61)

        :raise RetryLater: while another worker imports them
        """
        if not self.backend.import_orders:
            return
        with self.backend._exclusively("import_orders") as ours:
            if not ours:
                raise RetryLater(
                    self.env._("Orders are being imported: stock waits."),
                )
            self.part(self.backend._direction("import_orders")).fetch()

    def collect_signals(self):
        """Turn this store's signals into pending levels, and delete them."""
        changes = self.env["bigcommerce.stock.change"]
        ours = [("backend_id", "=", self.backend.id)]
        while found := changes.search(ours, limit=SIGNALS):
            signals = found.try_lock_for_update(allow_referencing=True)
            signals._mark_levels()
            signals.unlink()
            self.commit()
            if len(found) < SIGNALS or not signals:
                break

    def push(self):
        """Send what differs: quantities, then what they show, hide or disable."""
        self.push_quantities()
        self.part(PushVisibility).work()
        self.part(PushPurchasing).work()

    def push_quantities(self):
        """Send the due levels that differ from what was last confirmed."""
        levels = self.env["bigcommerce.stock.level"]
        due = levels._due_domain() & Domain("backend_id", "=", self.backend.id)
        while found := levels.search(due, limit=INVENTORY_BATCH, order="id"):
            targets = compute_targets(self.backend, found._skip_foreign())
            changed = [target for target in targets if target.differs()]
            same = [target.levels for target in targets if not target.differs()]
            levels.union(*same)._set_state("synced", error=False, next_attempt=False)
            for batch in split_every(INVENTORY_BATCH, changed, list):
                self.commit(*self._send(batch))
            self.commit()

    def _send(self, targets):
        """Send one batch; when it is refused, take it apart until only the bad fail.

        Those that the store names go first, then the rest is halved: a refusal names
        offenders in its text only, and sometimes none (fact F59).

        :return: (int, int) levels sent, levels refused
        """
        if not targets:
            return 0, 0
        # what changes from here on is of another transaction, and stays pending
        self.commit()
        reason = f"Odoo {fields.Datetime.now().isoformat()}Z"
        try:
            self.client.set_inventory([target.item() for target in targets], reason)
        except Invalid as error:
            if len(targets) == 1:
                targets[0].refuse(error)
                return 0, 1
            named = [target for target in targets if target.is_named_in(error.message)]
            if not 0 < len(named) < len(targets):
                named = targets[: len(targets) // 2]
            rest = [target for target in targets if target not in named]
            sent = [self._send(part) for part in (rest, named)]
            return tuple(map(sum, zip(*sent, strict=True)))
        # a new transaction: it sees what others marked during the call
        self.run._commit()
        self.env["bigcommerce.stock.level"].invalidate_model(["state", "revision"])
        for target in targets:
            target.confirm()
        return len(targets), 0
