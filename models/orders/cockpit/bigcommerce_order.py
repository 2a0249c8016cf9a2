import json

from odoo import api, fields, models

from ....client import InvalidDocument
from ..errors import OrderHeldError

# The parts of an order that go the same way (client/documents.py).
SHIPPING = "shipping"


class BigcommerceOrder(models.Model):
    """What the form of an order tells: what the store sent beside what became of it."""

    _inherit = "bigcommerce.order"

    contents = fields.Html(
        compute="_compute_contents",
        compute_sudo=True,
        sanitize=False,
        help="Each line as the store sent it, beside the sale order's.",
    )
    events = fields.Html(
        "Time Line",
        compute="_compute_events",
        compute_sudo=True,
        sanitize=False,
        help="What happened to this order, in the store and here.",
    )
    payload_text = fields.Text(
        "As Sent by the Store",
        compute="_compute_payload_text",
        groups="connector_bigcommerce.group_manager",
        help="The order as the store sent it, with the lines that belong to it.",
    )

    # what stands in the list of exceptions, whose number every screen shows
    _attention_idx = models.Index(
        "(backend_id) WHERE state IN ('held', 'failed') OR error IS NOT NULL "
        "OR status_error IS NOT NULL"
    )

    @api.depends("payload_digest", "sale_order_ids.order_line")
    def _compute_contents(self):
        for order in self:
            order.contents = order._render_contents()

    @api.depends("payload_digest", "state", "sale_order_ids")
    def _compute_events(self):
        for order in self:
            order.events = self.env["ir.qweb"]._render(
                "connector_bigcommerce.order_events",
                {"events": sorted(order._get_events(), key=_to_the_second)},
            )

    @api.depends("payload_digest")
    def _compute_payload_text(self):
        for order in self:
            order.payload_text = order.payload and json.dumps(
                order.payload, indent=2, ensure_ascii=False
            )

    def _render_contents(self):
        """Return the lines of both sides as a table, or why there is none."""
        try:
            document = self._get_document()
        except (OrderHeldError, InvalidDocument) as error:
            return self.env["ir.qweb"]._render(
                "connector_bigcommerce.order_without_contents", {"reason": str(error)}
            )
        values = {
            "order": self,
            "document": document,
            "parts": [part for part in document.consignments if part.lines],
            "sold": self.sale_order_ids.order_line.grouped("bigcommerce_line_id"),
            "charges": self.sale_order_ids.order_line.filtered(
                lambda line: not line.bigcommerce_line_id and not line.display_type
            ),
            "titles": {
                SHIPPING: self.env._("Ship to"),
                "pickup": self.env._("Pick up"),
                "download": self.env._("Download"),
                "gift_certificate": self.env._("Gift certificate"),
            },
        }
        return self.env["ir.qweb"]._render(
            "connector_bigcommerce.order_contents", values
        )

    def _get_events(self):
        """Return what happened to this order; each room adds what it knows.

        :return: list of (datetime in UTC, text)
        """
        events = []
        if self.date_created:
            events.append((self.date_created, self.env._("Ordered in the store")))
        events.append((self.create_date, self.env._("Fetched from the store")))
        events += [
            (
                sale.create_date,
                self.env._("Imported as sale order %(name)s", name=sale.name),
            )
            for sale in self.sale_order_ids
        ]
        return events


def _to_the_second(event):
    """Return when it happened; what happened at once stays in the order of causes."""
    return event[0].replace(microsecond=0)
