from odoo import models

from ...catalog.find_products import ProductFinder
from ..errors import NotCreatedError, OrderHeldError

GIFT_CERTIFICATE = "giftcertificate"


class OrderProducts:
    """The Odoo products that order lines may mean, read for many orders at once."""

    def __init__(self, backend, documents):
        """
        :param backend: the store
        :param documents: list of client.documents.Order
        """
        lines = [line for document in documents for line in document.lines]
        listed = backend.env["bigcommerce.variant"].with_context(active_test=False)
        # also what is gone from the catalog by now
        variants = listed.search(
            [
                ("backend_id", "=", backend.id),
                "|",
                ("remote_id", "in", [line.variant_id for line in lines]),
                (
                    "bigcommerce_product_id.remote_id",
                    "in",
                    [line.product_id for line in lines],
                ),
            ]
        )
        variants = variants.with_env(backend.env)
        self._by_variant = variants.grouped("remote_id")
        self._by_listing = variants.grouped(
            lambda variant: variant.bigcommerce_product_id.remote_id
        )
        self._no_variant = variants.browse()
        self._none = backend.env["product.product"]
        self.finder = ProductFinder(
            backend, {line.sku for line in lines}, {line.upc for line in lines}
        )

    def linked(self, line):
        """Return the product of the listing that was sold, or none.

        A listing is named by its variant, or by its product and SKU; where the line has
        no variant, by its product when that has one variant only.
        """
        variants = self._variants_of(line)
        if line.variant_id:
            variants = self._by_variant.get(line.variant_id) or variants.filtered(
                lambda variant: line.sku and variant.sku == line.sku
            )
        return variants.product_id if variants and len(variants) == 1 else self._none

    def why_not_created(self, line):
        """Return why no product could be made of the listing that was sold, if so."""
        return self._variants_of(line).bigcommerce_product_id.create_error

    def _variants_of(self, line):
        """Return the variants of the product that was sold; archived ones for want."""
        variants = self._by_listing.get(line.product_id, self._no_variant)
        return variants.filtered("active") or variants


class BigcommerceOrder(models.Model):
    """Which Odoo product a line of the store is. Never a guess."""

    _inherit = "bigcommerce.order"

    def _get_product(self, line, products):
        """Return the product of an order line.

        By the linked variant, then by SKU, then by barcode; when none is known, as
        the store's policy says.

        :param line: client.documents.Line
        :param OrderProducts products: that holds this line
        :raise OrderHeldError: when there is no product, or more than one
        :raise NotCreatedError: when there is none yet of its listing
        """
        return self._get_known_product(line, products) or self._get_stand_in(
            line, products
        )

    def _get_known_product(self, line, products):
        """Return the product of an order line, or none.

        :raise OrderHeldError: when it may be more than one
        """
        if line.type == GIFT_CERTIFICATE:
            return self.env.ref("connector_bigcommerce.product_gift_certificate")
        return (
            products.linked(line)
            or self._only_one(line, line.sku, products.finder.by_sku(line.sku))
            or self._only_one(line, line.upc, products.finder.by_barcode(line.upc))
        )

    def _only_one(self, line, value, found):
        if len(found) > 1:
            raise OrderHeldError(
                self.env._(
                    "“%(name)s” could be any of these products with %(value)s: "
                    "%(products)s. Link the listing to the right one.",
                    name=line.name,
                    value=value,
                    products=", ".join(found.mapped("display_name")),
                ),
                awaits="product",
            )
        return found

    def _get_stand_in(self, line, products):
        """Return the product that stands for a line which Odoo does not know."""
        policy, fallback = (
            self.backend_id.unknown_product_policy,
            self.backend_id.fallback_product_id,
        )
        if policy == "create" and line.product_id:
            if reason := products.why_not_created(line):
                raise NotCreatedError(
                    self.env._(
                        "“%(name)s” could not be created: %(reason)s",
                        name=line.name,
                        reason=reason,
                    )
                )
            product = self._create_product(line)
            products.finder.add(product)
            return product
        if fallback and (policy == "generic" or not line.product_id):
            return fallback
        raise OrderHeldError(
            self.env._(
                "“%(name)s” (SKU %(sku)s) is no product in Odoo. Link the listing in "
                "%(store)s > Products, or choose a fallback product on the store.",
                name=line.name,
                sku=line.sku or self.env._("none"),
                store=self.backend_id.name,
            ),
            awaits="product",
        )

    def _create_product(self, line):
        return self.env["product.product"].create(
            {
                "name": line.name,
                "default_code": line.sku,
                "barcode": line.upc or False,
                "type": "consu" if line.type == "physical" else "service",
                "is_storable": line.type == "physical",
                "list_price": float(line.price_ex_tax),
                "company_id": self.company_id.id,
            }
        )
