from odoo import api, fields, models

from .database_identity import this_database


class BigcommerceBackend(models.Model):
    """A copy of the database never talks to the live store by itself."""

    _inherit = "bigcommerce.backend"

    is_copy = fields.Boolean(
        compute="_compute_is_copy",
        help="This database is a copy of the one that is connected: it sends nothing "
        "until it takes the store over.",
    )

    @api.depends("connected_database")
    def _compute_is_copy(self):
        here = this_database(self.env)
        for backend in self:
            backend.is_copy = backend.connected_database not in (False, here)

    def action_take_over(self):
        """Make this database the one that works with these stores.

        The database that was connected before must not go on: both would import the
        orders and set the stock.
        """
        self._check_manager()
        self._as_system().connected_database = False
        return self.action_test_connection()
