from odoo import http
from odoo.http import request


class Health(http.Controller):
    """Where a program that watches the server asks how the stores are."""

    @http.route(
        "/bigcommerce/health/<string:key>",
        type="http",
        auth="public",
        methods=["GET"],
        save_session=False,
        readonly=True,
    )
    def report(self, key):
        """Answer 200 where all is well, 503 where a person is needed, 404 to others.

        Both say in JSON how each store is (docs/health.md).
        """
        health = request.env["bigcommerce.health"]
        if not health._is_key(key):
            return request.make_response("", status=404)
        # a program that watches has no login: the key was checked instead
        report = health.sudo()._get_report()
        return request.make_json_response(report, status=200 if report["ok"] else 503)
