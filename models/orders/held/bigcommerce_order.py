from odoo import api, fields, models
from odoo.fields import Domain


class BigcommerceOrder(models.Model):
    """What an order is held for; when that is gone, it comes back by itself."""

    _inherit = "bigcommerce.order"

    hold_cause = fields.Selection(
        [
            ("tax", "A tax that is not mapped"),
            ("product", "A product that is not known"),
            ("status", "A status that is not mapped"),
            ("currency", "A currency that is not active"),
        ],
        readonly=True,
        help="Empty: only a person can tell when it is to be tried again.",
    )

    def _set_state(self, state, **values):
        """Override of `_set_state` to forget what these orders were held for."""
        return super()._set_state(state, **{"hold_cause": False, **values})

    def _leave_to_person(self, error):
        """Override of `_leave_to_person` to remember what the order is held for."""
        result = super()._leave_to_person(error)
        self.hold_cause = getattr(error, "awaits", False)
        return result

    @api.model
    def _release(self, cause, backends=None):
        """Have the orders tried again that are held for a cause which is gone.

        Imported orders that could not follow the store are among them.

        :param str cause: a value of `hold_cause`
        :param backends: the stores concerned; all by default
        """
        domain = Domain("hold_cause", "=", cause)
        if backends is not None:
            domain &= Domain("backend_id", "in", backends.ids)
        orders = self._as_system().search(domain)
        if not orders:
            return
        imported = orders.filtered(lambda order: order.state == "imported")
        imported.is_changed = True
        orders._try_soon()
        orders.attempts = 0
        self.env.ref("connector_bigcommerce.cron_import_orders")._trigger()
