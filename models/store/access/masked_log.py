"""Odoo's log of calls, without the tokens that people type in."""

import logging
import re

# Where Odoo writes the arguments of each call, on level DEBUG (odoo/service/model.py).
CALLS = "odoo.service.model"
TYPED_TOKEN = re.compile(
    r"""(['"]access_token['"]\s*:\s*)('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
)


class MaskTokens(logging.Filter):
    """Puts stars where a call's arguments hold a token."""

    def filter(self, record):
        """Override of `filter` to mask the record; none is held back."""
        text = record.getMessage()
        masked = TYPED_TOKEN.sub(r"\1'***'", text)
        if masked != text:
            record.msg, record.args = masked, ()
        return True


logging.getLogger(CALLS).addFilter(MaskTokens())
