from pathlib import Path

import polib

from odoo.tests import TransactionCase, tagged
from odoo.tools.translate import TranslationModuleReader

ADDON = "connector_bigcommerce"
TEMPLATE = Path(__file__).resolve().parents[1] / f"i18n/{ADDON}.pot"


@tagged("post_install", "-at_install")
class TestTranslations(TransactionCase):
    def test_the_template_has_all_texts(self):
        """`tools/dev pot` writes it anew; `make lint` compares the languages."""
        reader = TranslationModuleReader(self.env.cr, modules=[ADDON], lang=None)
        texts = {row[4] for row in reader}
        known = {entry.msgid for entry in polib.pofile(str(TEMPLATE))}
        self.assertEqual(texts - known, set())
        self.assertEqual(known - texts, set())
