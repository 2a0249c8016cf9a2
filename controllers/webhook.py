from odoo import http
from odoo.http import request


class Webhook(http.Controller):
    """Where stores tell that something happened: verify, signal, answer."""

    @http.route(
        "/bigcommerce/webhook/<int:backend_id>",
        type="http",
        auth="public",
        methods=["POST"],
        csrf=False,
        save_session=False,
        max_content_length=64 * 1024,
    )
    def receive(self, backend_id):
        """Answer 204 to an event of a store, 403 to anybody else, 400 to nonsense."""
        # a store has no login: its secret is checked instead
        stores = request.env["bigcommerce.backend"].sudo()
        backend = stores.search([("id", "=", backend_id)])
        if not backend._webhook_secret_matches(request.httprequest.headers):
            return request.make_response("", status=403)
        try:
            event = request.get_json_data()
        except (ValueError, RecursionError):
            return request.make_response("", status=400)
        if not isinstance(event, dict) or not isinstance(event.get("scope"), str):
            return request.make_response("", status=400)
        if not backend._is_producer_of(event):
            return request.make_response("", status=403)
        backend._receive_webhook(event)
        return request.make_response("", status=204)
