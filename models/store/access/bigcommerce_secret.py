import unicodedata

from odoo import api, fields, models
from odoo.exceptions import ValidationError


class BigcommerceSecret(models.Model):
    """What opens a store, in a table of its own.

    Nobody has a right to it, and no error of the database about a store shows it.
    """

    _name = "bigcommerce.secret"
    _description = "BigCommerce Secret"
    _rec_name = "backend_id"

    backend_id = fields.Many2one(
        "bigcommerce.backend",
        required=True,
        ondelete="cascade",
        help="The store that they are of.",
    )
    access_token = fields.Char(
        prefetch=False,
        groups=fields.NO_ACCESS,
        help="What calls to the store are signed with. Nobody reads it.",
    )
    webhook_secret = fields.Char(
        prefetch=False,
        groups=fields.NO_ACCESS,
        help="What calls from the store must carry. Nobody reads it.",
    )

    _backend_uniq = models.UniqueIndex("(backend_id)")

    @api.model
    def _of(self, backends):
        """Return the secrets of stores: only code that asks for them by this name has
        them."""
        # a store that is not there takes as long
        domain = [("backend_id", "in", backends.ids or [0])]
        # nobody has a right to them
        return self.sudo().search_fetch(domain, ["access_token", "webhook_secret"])

    @api.model
    def _put(self, backends, **values):
        """Keep secrets of stores.

        :param values: `access_token` and `webhook_secret`; a false one is forgotten
        """
        known = self._of(backends)
        known.write(values)
        # nobody has a right to them
        self.sudo().create(
            [
                {"backend_id": backend.id, **values}
                for backend in backends - known.backend_id
            ]
        )
        backends.invalidate_recordset(["has_access_token"])

    @api.model
    def _clean(self, token):
        """Return a token as it was meant: pasting brings blanks and invisible signs.

        :raise ValidationError: when it cannot be one; without the token itself
        """
        signs = "".join(s for s in token if unicodedata.category(s) not in ("Cf", "Cc"))
        clean = signs.strip()
        if not clean.isascii() or not clean.isprintable() or " " in clean:
            raise ValidationError(
                self.env._(
                    "This is no access token: it holds blanks or signs that no token "
                    "has. Copy it once more from the store's control panel."
                )
            )
        return clean
