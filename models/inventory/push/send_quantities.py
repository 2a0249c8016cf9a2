from odoo import fields
from odoo.tools import split_every

from ....client import Invalid
from ....client.limits import INVENTORY_BATCH, V3_PAGE
from ...catalog.read_again import ReadAgain
from ...sync.bigcommerce_backend import trigger_cron
from ...sync.bigcommerce_retry_mixin import FIRST_RETRY
from ...sync.direction import Direction
from .quantity_target import targets_to_send

# Calls that one refused batch may cost before the run goes on with the next one; a part
# of so few is read again, in one call, before it is halved any further.
MOST_CALLS = 24
FEW = V3_PAGE


class SendQuantities(Direction):
    """A batch of quantities to the store, taken apart where the store refuses it.

    A refusal is of the whole batch. It names offenders in its text only, and sometimes
    none (fact F59).
    """

    def send(self, targets):
        """Send a batch; in the end only what is wrong is left out.

        What the store may have changed is read again, once, and sent the right way.
        What is not decided after some calls is tried again later, so that other
        quantities do not wait for it.

        :param list targets: of Target, at most INVENTORY_BATCH
        :raise OutOfTime: when the next run is to go on
        """
        self.read, error = self.env["bigcommerce.product"], None
        last_call, parts = self.client.calls + MOST_CALLS, [targets]
        while parts:
            if error and self.client.calls >= last_call:
                self._leave_undecided(parts, error)
                return
            if error:
                self.commit()
            part = parts.pop()
            if refusal := self._put(part):
                error = refusal
                parts += reversed(self._take_apart(part, error))

    def _put(self, targets):
        """Send quantities together.

        :return: the store's refusal, or None when it took them
        """
        # what changes from here on is of another transaction, and stays pending
        self.run._commit()
        reason = f"Odoo {fields.Datetime.now().isoformat()}Z"
        try:
            self.client.set_inventory([target.item() for target in targets], reason)
        except Invalid as error:
            return error
        # a new transaction: it sees what others marked during the call
        self.run._commit()
        self.env["bigcommerce.stock.level"].invalidate_model(["state", "revision"])
        for target in targets:
            target.confirm()
        self.commit(done=len(targets))
        return None

    def _take_apart(self, targets, error):
        """Return the parts in which refused quantities are sent next."""
        if named := {t.key for t in targets if t.is_named_in(error.message)}:
            return self._set_aside(targets, named, error)
        if len(targets) <= FEW and self._is_unread(targets):
            again = self._read_again(targets)
            if {t.key for t in again} != {t.key for t in targets}:
                return [again] if again else []
            targets = again
        if len(targets) == 1:
            self._refuse(targets, error)
            return []
        half = len(targets) // 2
        return [targets[:half], targets[half:]]

    def _set_aside(self, targets, named, error):
        """Refuse what the store names, and return the others.

        Products that are named are read again: they may be sent another way.

        :param set named: keys of targets
        """
        products = {target.product for target in targets if target.key in named}
        concerned = [target for target in targets if target.product in products]
        others = [target for target in targets if target.product not in products]
        if "Location" in error.message:
            self.backend.location_ids._receive(self.backend, self.client.locations())
        again = self._read_again(concerned)
        self._refuse([target for target in again if target.key in named], error)
        others += [target for target in again if target.key not in named]
        return list(split_every(INVENTORY_BATCH, others, list))

    def _is_unread(self, targets):
        return any(target.product not in self.read for target in targets)

    def _read_again(self, targets):
        """Return these quantities as the store wants them by what it has now."""
        products = self.read.union(*(target.product for target in targets))
        self.part(ReadAgain).refresh(products - self.read)
        self.read = products
        levels = self.env["bigcommerce.stock.level"]
        levels = levels.union(*(target.levels for target in targets))
        return targets_to_send(self.backend, levels)

    def _refuse(self, targets, error):
        for target in targets:
            target.refuse(error)
        self.commit(failed=len(targets))

    def _leave_undecided(self, parts, error):
        """Try these again later: some of them are wrong, and nobody knows which."""
        levels = self.env["bigcommerce.stock.level"]
        levels = levels.union(*(target.levels for part in parts for target in part))
        message = self.env._(
            "The store refused this together with others and did not say which of "
            "them is wrong: %(reason)s",
            reason=error,
        )
        moment = fields.Datetime.now() + FIRST_RETRY
        levels._set_state("pending", error=message, next_attempt=moment)
        trigger_cron(self.backend, "push_inventory", moment)
        self.run._note(
            self.env._(
                "%(count)s quantities are tried again later: the store refuses some of "
                "them and does not say which.",
                count=len(levels),
            )
        )
        self.commit()
