from odoo import models

from .bigcommerce_order_import import OrderHeldError


class BigcommerceOrder(models.Model):
    """Which Odoo product a line of the store is. Never a guess."""

    _inherit = "bigcommerce.order"

    def _product(self, line):
        """Return the product of an order line.

        By the linked variant, then by SKU, then by barcode; when none is known, as
        the store's policy says.

        :param line: client.documents.Line
        :raise OrderHeldError: when there is no product, or more than one
        """
        return (
            self._linked_product(line)
            or self._product_by("default_code", line.sku, line)
            or self._product_by("barcode", line.upc, line)
            or self._unknown_product(line)
        )

    def _linked_product(self, line):
        domain = [("backend_id", "=", self.backend_id.id), ("product_id", "!=", False)]
        if line.variant_id:
            domain.append(("remote_id", "=", line.variant_id))
        elif line.product_id:
            domain.append(("bigcommerce_product_id.remote_id", "=", line.product_id))
        else:
            return self.env["product.product"]
        variants = self.env["bigcommerce.variant"].search(domain, limit=2)
        return variants.product_id if len(variants) == 1 else variants.product_id[:0]

    def _product_by(self, name, value, line):
        if not value:
            return self.env["product.product"]
        products = self.env["product.product"].search(
            [(name, "=", value), ("company_id", "in", (False, self.company_id.id))]
        )
        if len(products) > 1:
            raise OrderHeldError(
                self.env._(
                    "“%(name)s” could be any of these products with %(value)s: "
                    "%(products)s. Link the listing to the right one.",
                    name=line.name,
                    value=value,
                    products=", ".join(products.mapped("display_name")),
                )
            )
        return products

    def _unknown_product(self, line):
        """Return the product that stands for a line which Odoo does not know."""
        policy, fallback = (
            self.backend_id.unknown_product_policy,
            self.backend_id.fallback_product_id,
        )
        if policy == "create" and line.product_id:
            return self._create_product(line)
        if fallback and (policy == "generic" or not line.product_id):
            return fallback
        raise OrderHeldError(
            self.env._(
                "“%(name)s” (SKU %(sku)s) is no product in Odoo. Link the listing in "
                "%(store)s > Products, or choose a fallback product on the store.",
                name=line.name,
                sku=line.sku or self.env._("none"),
                store=self.backend_id.name,
            )
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
