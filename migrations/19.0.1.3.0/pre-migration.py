"""A negative number of days meant for ever: it is a hundred years now."""

from odoo.tools import SQL


def migrate(cr, version):
    for column in ("run_retention_days", "payload_retention_days"):
        cr.execute(
            SQL(
                "UPDATE bigcommerce_backend SET %(days)s = 36500 WHERE %(days)s < 0",
                days=SQL.identifier(column),
            )
        )
