from odoo import api, fields, models

# Exceptions that a mail shows; the list has the rest.
SHOWN = 20


class BigcommerceBackend(models.Model):
    """Who is told by mail what waits."""

    _inherit = "bigcommerce.backend"

    digest_user_ids = fields.Many2many(
        "res.users",
        string="Daily Mail To",
        domain=[("share", "=", False)],
        help="They get one mail a day with what failed or waits for a person in this "
        "store, when there is anything.",
    )


class BigcommerceException(models.Model):
    """One mail a day, for those who want it."""

    _inherit = "bigcommerce.exception"

    @api.model
    def _cron_send_digests(self):
        """Send each person one mail about all the stores that they look after."""
        stores = self.env["bigcommerce.backend"].search(
            [("digest_user_ids", "!=", False)]
        )
        progress = self.env["ir.cron"]._commit_progress
        users = stores.digest_user_ids
        for number, user in enumerate(users, 1):
            theirs = stores.filtered(
                lambda store, user=user: user in store.digest_user_ids
            )
            self._send_digest(user, theirs)
            progress(1, remaining=len(users) - number)

    @api.model
    def _send_digest(self, user, stores):
        """Send a person the mail about some stores, if there is anything to tell.

        :return: mail.mail, or none
        """
        own = self.with_user(user).with_context(
            lang=user.lang, tz=user.tz, allowed_company_ids=user.company_ids.ids
        )
        rows = own.search([("backend_id", "in", stores.ids)])
        if not rows:
            return self.env["mail.mail"]
        action = self.env.ref("connector_bigcommerce.action_bigcommerce_exception")
        kinds = dict(rows._fields["kind"]._description_selection(own.env))
        body = own.env["ir.qweb"]._render(
            "connector_bigcommerce.exception_digest",
            {
                "counts": [
                    (kinds[kind], len(some))
                    for kind, some in rows.grouped("kind").items()
                ],
                "rows": rows[:SHOWN],
                "kinds": kinds,
                "left": len(rows) - SHOWN,
                "address": f"{self.get_base_url()}/odoo/{action.path}",
            },
        )
        return self.env["mail.mail"].create(
            {
                "subject": own.env._(
                    "BigCommerce: %(count)s exceptions in %(stores)s",
                    count=len(rows),
                    stores=", ".join(rows.backend_id.mapped("name")),
                ),
                "body_html": body,
                "recipient_ids": user.partner_id.ids,
                "auto_delete": True,
            }
        )
