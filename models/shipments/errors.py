from odoo.exceptions import UserError


class GoneOnError(UserError):
    """The order has gone on in the store: a person decides what is to be told."""
