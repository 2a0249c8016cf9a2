from contextlib import contextmanager

from odoo.exceptions import UserError

from ...client import ApiError, InvalidDocument


@contextmanager
def in_words():
    """Tell a person who pressed a button what the store answered, or did not.

    :raise UserError: instead of an error of the client
    """
    try:
        yield
    except (ApiError, InvalidDocument) as error:
        raise UserError(str(error)) from error
