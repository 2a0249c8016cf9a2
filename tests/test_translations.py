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

    def test_people_read_it_in_their_language(self):
        self.env["res.lang"]._activate_lang("de_DE")
        self.env["ir.module.module"]._load_module_terms([ADDON], ["de_DE"])
        orders = self.env["bigcommerce.order"].with_context(lang="de_DE")
        states = dict(orders.fields_get(["state"])["state"]["selection"])
        self.assertEqual(states["held"], "Zurückgehalten")
        hints = (
            self.env["bigcommerce.exception"].with_context(lang="de_DE")._get_hints()
        )
        self.assertIn("Währung in Odoo", hints["order", "currency"])
        menu = self.env.ref(f"{ADDON}.menu_bigcommerce_exception")
        self.assertEqual(menu.with_context(lang="de_DE").name, "Ausnahmen")
