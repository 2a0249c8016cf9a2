"""A negative number of days meant for ever: it is a hundred years now."""


def migrate(cr, version):
    for column in ("run_retention_days", "payload_retention_days"):
        cr.execute(
            f"UPDATE bigcommerce_backend SET {column} = 36500 WHERE {column} < 0"
        )
