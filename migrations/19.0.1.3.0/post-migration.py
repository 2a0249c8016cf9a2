"""Secrets have a table of their own; what tells a database from its copies knows its
server, too; stores that were connected are live."""

import hashlib

from odoo.addons.connector_bigcommerce.models.store.database_identity import (
    fingerprint,
)

MOVE = """
    INSERT INTO bigcommerce_secret (backend_id, access_token, webhook_secret)
    SELECT id, access_token_stored, webhook_secret
      FROM bigcommerce_backend
     WHERE access_token_stored IS NOT NULL OR webhook_secret IS NOT NULL
"""
FORGET = """
    ALTER TABLE bigcommerce_backend
     DROP COLUMN access_token_stored,
     DROP COLUMN webhook_secret
"""
LIVE = """
    UPDATE bigcommerce_backend
       SET is_live = TRUE, setup_step = 'live'
     WHERE connected_database IS NOT NULL
"""


def migrate(cr, version):
    cr.execute(MOVE)
    cr.execute(FORGET)
    cr.execute(LIVE)
    cr.execute("SELECT value FROM ir_config_parameter WHERE key = 'database.uuid'")
    (uuid,) = cr.fetchone()
    before = hashlib.sha256(f"{cr.dbname} {uuid}".encode()).hexdigest()
    cr.execute(
        "UPDATE bigcommerce_backend SET connected_database = %s "
        "WHERE connected_database = %s",
        (fingerprint(cr, uuid), before),
    )
