from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

from ..common import BigCommerceCase

MIGRATION = "migrations/19.0.1.2.0/post-migration.py"


def migrate(cr):
    path = Path(__file__).resolve().parents[2] / MIGRATION
    spec = spec_from_file_location("tax_migration", path)
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    module.migrate(cr, "19.0.1.1.0")


class TestTaxMigration(BigCommerceCase):
    """Rates that older versions learned from rounded amounts."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.backend.tax_mapping_ids.unlink()

    def left_of(self, *mapped, unmapped=()):
        """Return the rates that the migration leaves of these."""
        for rate in mapped:
            self.map_tax(rate)
        self.env["bigcommerce.tax.mapping"].create(
            [{"backend_id": self.backend.id, "rate": rate} for rate in unmapped]
        )
        self.env.flush_all()
        migrate(self.env.cr)
        self.env.invalidate_all()
        return sorted(self.backend.tax_mapping_ids.mapped("rate"))

    def test_what_rounding_taught_is_merged_into_the_mapped_rate(self):
        self.assertEqual(self.left_of(8.25, unmapped=[8.251, 8.253, 8.254]), [8.25])

    def test_a_tax_made_for_such_a_rate_is_not_charged_any_more(self):
        self.assertEqual(self.left_of(5.5, 5.5001, 20, 19.9965), [5.5, 20])

    def test_rates_that_somebody_set_stay(self):
        rates = [5, 5.5, 8.25, 8.375, 8.875, 9.975, 10]
        self.assertEqual(self.left_of(*rates), rates)
