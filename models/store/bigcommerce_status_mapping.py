from odoo import api, fields, models
from odoo.exceptions import UserError

from ...const import (
    CANCELLED,
    COMPLETED,
    DECLINED,
    DISPUTED,
    EXPORT_EVENT,
    INCOMPLETE,
    PARTIALLY_REFUNDED,
    REFUNDED,
)

# A person, or the money, has moved the order on: what happens here does not take it
# back.
STATUSES_LEFT_ALONE = frozenset(
    {
        INCOMPLETE,
        CANCELLED,
        DECLINED,
        REFUNDED,
        PARTIALLY_REFUNDED,
        DISPUTED,
        COMPLETED,
    }
)
# How far an order is; a status never goes back. Nothing that has left is cancelled.
PROGRESS = {"confirmed": 1, "cancelled": 1, "partially_shipped": 2, "shipped": 3}


class BigcommerceStatusMapping(models.Model):
    """What a status of an order means for the sale order, and the other way round."""

    _name = "bigcommerce.status.mapping"
    _inherit = ["bigcommerce.mapping"]
    _description = "BigCommerce Order Status"
    _order = "backend_id, sequence, status_id"

    status_id = fields.Integer(
        "BigCommerce Status",
        required=True,
        aggregator=None,
        help="The status's number in the store.",
    )
    sequence = fields.Integer(help="The place where the store shows this status.")
    custom_label = fields.Char(help="The store's own name of this status.")
    import_action = fields.Selection(
        [
            ("ignore", "Do not import"),
            ("hold", "Hold for a person"),
            ("quotation", "Import as quotation"),
            ("confirm", "Import and confirm"),
        ],
        string="When an order arrives",
        default="ignore",
        required=True,
        help="Nothing, a quotation, a confirmed sale order, or a held order that a "
        "person decides about.",
    )
    update_action = fields.Selection(
        [("none", "Leave the sale order"), ("cancel", "Cancel the sale order")],
        string="When an imported order gets it",
        default="none",
        required=True,
        help="Cancelling happens only while nothing has been delivered or invoiced.",
    )
    export_event = fields.Selection(
        [
            ("confirmed", "The sale order is confirmed"),
            ("shipped", "Everything is delivered"),
            ("partially_shipped", "A part is delivered"),
            ("cancelled", "The sale order is cancelled"),
        ],
        string="Set in the store when",
        help="What has to happen here for an order to get this status in the store.",
    )

    _status_uniq = models.UniqueIndex(
        "(backend_id, status_id)", "Each status is mapped once per store."
    )
    _event_uniq = models.UniqueIndex(
        "(backend_id, export_event) WHERE export_event IS NOT NULL",
        "Only one status can be set for the same event.",
    )

    @api.depends("name", "custom_label")
    def _compute_display_name(self):
        for status in self:
            status.display_name = status.custom_label or status.name

    def _filter_set_by(self, event):
        """Return the one of these statuses that an event in Odoo sets, or none.

        :param str event: a value of `export_event`
        """
        return self.filtered(lambda status: status.export_event == event)

    def _get_status_to_set(self, event, current):
        """Return the one of these statuses that an event sets on an order now, or none.

        :param str event: a value of `export_event`
        :param int current: the order's status in the store; None when it is gone
        """
        wanted = self._filter_set_by(event)
        if current in (None, wanted.status_id, *STATUSES_LEFT_ALONE):
            return self.browse()
        return self.browse() if self._is_beyond(current, event) else wanted

    def _is_beyond(self, current, event):
        """Tell whether an order in a status is further than an event would say."""
        mapped = self.filtered(lambda status: status.status_id == current).export_event
        reached = mapped or EXPORT_EVENT.get(current)
        return PROGRESS.get(reached, 0) > PROGRESS[event]

    @api.model
    def _check_mapped(self, backend):
        """Make sure that a store's statuses are known: else nothing is imported.

        :raise UserError: that says what to do
        """
        if not backend.status_mapping_ids:
            raise UserError(
                self.env._(
                    "No order status of %(store)s is mapped, so nothing is imported. "
                    "Use Fetch Settings on the store and look at the order statuses.",
                    store=backend.name,
                )
            )
