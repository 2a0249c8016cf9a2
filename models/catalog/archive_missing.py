from odoo import models

ACTIVITY = "connector_bigcommerce.activity_catalog_shrunk"


class BigcommerceProduct(models.Model):
    """Listings that are gone from the store, and a person who believes that."""

    _inherit = "bigcommerce.product"

    def action_archive_missing(self):
        """Archive those of these listings that are gone: a manager believes it."""
        self.check_access("read")
        self.backend_id._check_manager()
        for backend, products in self._as_system().grouped("backend_id").items():
            MissingListings(backend._in_company()).archive(products)
        return True


class MissingListings:
    """What a store's catalog does not have any more.

    It is archived with all that a person set on it. A catalog that suddenly shrinks is
    not believed: more likely the store could not show it.
    """

    def __init__(self, backend):
        """
        :param backend: the store, with all rights
        """
        self.backend, self.env = backend, backend.env

    def settle(self):
        """Archive what is gone, or ask a person where it is much at once.

        :return: what the run has to tell of it; an empty text when nothing is gone
        """
        products, variants = self._products(), self._variants()
        if not products and not variants:
            self._stop_asking()
            return ""
        if self._is_much(products, "bigcommerce.product") or self._is_much(
            variants, "bigcommerce.variant"
        ):
            return self._ask(products, variants)
        self.archive(products | variants.bigcommerce_product_id)
        return self.env._(
            "Gone from the store and archived: %(products)s products, %(variants)s "
            "variants.",
            products=len(products),
            variants=len(variants),
        )

    def archive(self, products):
        """Archive what is gone of some products: themselves, or variants of theirs.

        It comes back when the catalog has it again.
        """
        gone = {"is_missing": True, "active": False}
        # both are found before either is changed
        variants = self._variants().filtered(
            lambda variant: variant.bigcommerce_product_id in products
        )
        products = self._products() & products
        variants.write(gone)
        products.write(gone)
        if not self._products() and not self._variants():
            self._stop_asking()

    def _products(self):
        return self.env["bigcommerce.product"].search(
            [("backend_id", "=", self.backend.id), ("is_missing", "=", True)]
        )

    def _variants(self):
        """Return the variants that are gone, by themselves or with their product."""
        return self.env["bigcommerce.variant"].search(
            [
                ("backend_id", "=", self.backend.id),
                "|",
                ("is_missing", "=", True),
                ("bigcommerce_product_id.is_missing", "=", True),
            ]
        )

    def _is_much(self, gone, model):
        domain = [("backend_id", "=", self.backend.id)]
        known = self.env[model].search_count(domain)
        return len(gone) * 100 > known * self.backend.missing_share

    def _ask(self, products, variants):
        """Have a person look, once; return what it is about."""
        message = self.env._(
            "The catalog of %(store)s lacks %(products)s products and %(variants)s "
            "variants that it had before: more than %(share)g %%. Nothing was "
            "archived. If they are really gone, use Archive What Is Gone on the store; "
            "else link the products again when the store shows them.",
            store=self.backend.name,
            products=len(products),
            variants=len(variants),
            share=self.backend.missing_share,
        )
        self.backend.missing_count = len(products) + len(variants)
        if not self.backend.activity_search([ACTIVITY]):
            self.backend.activity_schedule(
                ACTIVITY, note=message, user_id=self.backend.create_uid.id
            )
        return message

    def _stop_asking(self):
        self.backend.missing_count = 0
        self.backend.activity_unlink([ACTIVITY])


def note_missing(records):
    """Note that the catalog does not have these any more.

    :param records: of bigcommerce.product or bigcommerce.variant
    """
    records.filtered(lambda record: not record.is_missing).is_missing = True
