import hashlib


def this_database(env):
    """Return what tells this database from its copies."""
    # who may talk to a store is no secret of the settings, nor the caller's to choose
    uuid = env["ir.config_parameter"].sudo().get_param("database.uuid")
    return fingerprint(env.cr, uuid)


def fingerprint(cr, uuid):
    """Return the name, the identity and the server of a database as one text.

    The server's own number tells a copy under the same name on another server. Some
    hosts do not tell it.

    :param cr: a cursor of it
    :param str uuid: Odoo's parameter ``database.uuid``
    """
    cr.execute("SELECT has_function_privilege('pg_control_system()', 'EXECUTE')")
    (allowed,) = cr.fetchone()
    server = ""
    if allowed:
        cr.execute("SELECT system_identifier FROM pg_control_system()")
        (server,) = cr.fetchone()
    return hashlib.sha256(f"{cr.dbname} {uuid} {server}".encode()).hexdigest()
