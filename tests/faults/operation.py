"""What the connector does with a store, so that it can go wrong and be right again."""


class Operation:
    """One thing that is done with a store.

    at: (method, path) of the requests that a fault strikes
    kind: of the runs that tell what came of it; None for a button alone
    """

    at = None
    kind = None

    def __init__(self, case, number):
        """
        :param case: the test, with its store
        :param int number: how many there were before: for names of its own
        """
        self.case, self.number = case, number
        self.shop, self.backend, self.env = case.shop, case.backend, case.env

    def prepare(self):
        """Let there be something to do."""

    def run(self):
        """Do it, as the server or a person does."""
        self.run_scheduled()

    def run_scheduled(self):
        """Let the scheduled action run that does this kind of work."""
        self.case.run_cron(f"cron_{self.kind}")

    def again(self):
        """Do it once more, after the fault: by itself, or by the person's retry."""
        self.run()

    def check(self):
        """Check that it was done, and once."""
        raise NotImplementedError

    def buy(self, **options):
        """Let a shopper buy a mug; return the order's number."""
        return self.shop.buy([("MUG-1", 1)], **options)

    def imported(self, **options):
        """Let a shopper buy a mug and the order come in; return its row."""
        order = self.case.import_order([("MUG-1", 1)], **options)
        self.case.assertEqual(order.state, "imported", order.error)
        return order

    def check_imported(self, remote_id):
        order = self.case.inbox(remote_id)
        self.case.assertEqual(order.state, "imported", order.error)
        self.case.assertEqual(len(order.sale_order_ids), 1)
        self.case.assertEqual(order.sale_order_ids.state, "sale")
