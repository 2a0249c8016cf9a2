class OutOfTime(Exception):
    """The time of a run is over: what was committed stays, the next run goes on."""


class Stopped(Exception):
    """A person stopped a run: what was committed stays, its next turn goes on."""


class Direction:
    """One way between a store and Odoo, worked off in one run.

    backend: the store, in its own company
    client: client.Client of this store
    run: the bigcommerce.sync.run that keeps the record
    env: of the store

    A class is told which kind of run it works off, `class ImportOrders(Direction,
    kind="import_orders")`; of two for the same kind the later one does it.
    """

    kinds = {}
    # whether it changes the store: then it waits until the store is live
    writes = False

    def __init_subclass__(cls, kind=None, **options):
        """Override of `__init_subclass__` to remember what the class is for."""
        if kind:
            cls.kinds[kind] = cls
        return super().__init_subclass__(**options)

    def __init__(self, backend, client, run):
        self.backend, self.client, self.run = backend, client, run
        self.env = backend.env

    def work(self):
        """Do all of it, step by step, with a commit after each batch.

        The last step needs no commit: the end of the run is one.

        :raise OutOfTime: when the next run is to go on
        """
        raise NotImplementedError

    def commit(self, done=0, failed=0):
        """Commit what was done, and count it.

        :param int done: records that went well since the last commit
        :param int failed: records that did not
        :raise OutOfTime: when the run should end now
        :raise Stopped: when a person wants that
        """
        seconds_left = self.run._commit(done, failed)
        if self.run._is_stopped():
            raise Stopped
        if seconds_left <= 0:
            raise OutOfTime

    def part(self, direction):
        """Return another direction, or a part of one, within this run.

        :param direction: its class
        """
        return direction(self.backend, self.client, self.run)
