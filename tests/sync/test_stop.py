from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import tagged

from ...models.orders import import_orders
from ..common import BigCommerceCase


@tagged("post_install", "-at_install")
class TestStop(BigCommerceCase):
    """Long work is stopped by a person, and goes on with its next turn."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.add_product("Mug", "MUG-1", stock=100)

    def test_a_run_ends_after_its_batch_and_its_next_turn_goes_on(self):
        bought = [self.shop.buy([("MUG-1", 1)]) for _order in range(3)]
        runs = self.env["bigcommerce.sync.run"]
        import_batch = self.env.registry["bigcommerce.order"]._process

        def stopped(orders):
            """A person stops the run while its first batch is imported."""
            result = import_batch(orders)
            run = runs.with_env(orders.env).search([("state", "=", "running")])
            run.action_stop()
            return result

        with (
            patch.object(import_orders, "BATCH", 1),
            patch.object(self.env.registry["bigcommerce.order"], "_process", stopped),
        ):
            self.run_cron("cron_import_orders")
        run = runs.search([("kind", "=", "import_orders")], limit=1)
        self.assertEqual((run.state, run.done), ("stopped", 1))
        self.assertEqual(len(self.backend.order_ids.sale_order_ids), 1)
        self.run_cron("cron_import_orders")
        states = [self.inbox(remote_id).state for remote_id in bought]
        self.assertEqual(states, ["imported"] * 3)

    def test_what_does_not_run_cannot_be_stopped(self):
        self.run_cron("cron_import_orders")
        with self.assertRaisesRegex(UserError, "not running"):
            self.backend.sync_run_ids[0].action_stop()
