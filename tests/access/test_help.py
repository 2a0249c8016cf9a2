from odoo.models import MAGIC_COLUMNS
from odoo.tests import TransactionCase, tagged

from .access_case import our_models
from .test_fields import ADDON


@tagged("post_install", "-at_install")
class TestHelp(TransactionCase):
    """Each field of ours says what it is for."""

    def test_every_field_has_a_help_text(self):
        silent = [
            f"{model}.{name}"
            for model in our_models(self.env)
            for name, field in self.env[model]._fields.items()
            if ADDON in field._modules
            and name not in MAGIC_COLUMNS
            and not field.help
            and not self._is_of_odoo(model, name)
        ]
        self.assertFalse(silent)

    def _is_of_odoo(self, model, name):
        """Tell whether a field comes with Odoo's own models."""
        parents = ("mail.thread", "mail.activity.mixin", "base")
        return name in ("id", "display_name") or any(
            name in self.env[parent]._fields for parent in parents
        )
