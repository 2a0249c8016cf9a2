import json

from odoo import fields, models


class BigcommerceBackend(models.Model):
    """A store on the dashboard."""

    _inherit = "bigcommerce.backend"

    dashboard = fields.Text(
        compute="_compute_dashboard",
        help="The numbers on the card of this store.",
    )
    dashboard_graph = fields.Text(
        compute="_compute_dashboard",
        help="Orders a day, the last two weeks.",
    )

    def _compute_dashboard(self):
        cards = self.env["bigcommerce.dashboard"]._get_cards(self)
        for backend, card in cards.items():
            values = [{"x": day, "y": count} for day, count in card.pop("graph")]
            graph = [{"key": self.env._("Orders"), "values": values}]
            backend.dashboard = json.dumps(card)
            backend.dashboard_graph = json.dumps(graph)
