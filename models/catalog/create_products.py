import base64

from odoo import Command, models
from odoo.exceptions import UserError
from odoo.tools import split_every

from ...client import ApiError
from ...client.limits import ID_BATCH


class BigcommerceProduct(models.Model):
    """Odoo products made from the store's, with all their variants."""

    _inherit = "bigcommerce.product"

    def action_create_products(self):
        """Create an Odoo product for each of these that has none, and link it.

        With attributes and variants, prices, weights, barcodes and the first image.
        Variants that are linked already keep their product.
        """
        self._check_user()
        for backend, products in self._as_system().grouped("backend_id").items():
            products = products.with_env(backend._in_company().env)
            # there may be a product with this SKU by now
            products.variant_ids._link_unlinked()
            products._create_products(products.backend_id._client())
        return True

    def _create_products(self, client):
        """Create an Odoo product for each of these that has none at all."""
        unlinked = self.filtered(lambda product: not product.variant_ids.product_id)
        for ids in split_every(ID_BATCH, unlinked.ids, list):
            rows = client.products(
                **{"id:in": ",".join(_numbers(self.browse(ids)))},
                include="variants,images",
            )
            for row in rows:
                product = unlinked.filtered(lambda p, r=row: p.remote_id == r["id"])
                product._create_product(row, client)

    def _create_product(self, row, client):
        """Create the Odoo product of a product of the store.

        :param dict row: of GET /v3/catalog/products with variants and images
        """
        template = self.env["product.template"].create(self._prepare_template(row))
        self._set_image(template, _first_image(row), client)
        links = {}
        for variant in self.variant_ids:
            (shown,) = [v for v in row["variants"] if v["id"] == variant.remote_id]
            product = template._create_product_variant(
                self._combination(template, shown)
            )
            product.write(self._prepare_variant(row, shown))
            links[variant] = product
        self.variant_ids._link(links)

    def _set_image(self, template, url, client):
        """Take over an image; a product does without one that cannot be read."""
        if not url:
            return
        try:
            template.image_1920 = base64.b64encode(client.image(url))
        except (ApiError, UserError) as error:
            template.message_post(body=str(error))

    def _prepare_template(self, row):
        """Return the values of the template; its variants are made one by one, as a
        store need not have every combination."""
        is_physical = row.get("type") != "digital"
        options = {}
        for variant in row["variants"]:
            for option in variant["option_values"]:
                values = options.setdefault(option["option_display_name"], {})
                values[option["label"]] = self._attribute_value(option)
        return {
            "name": row["name"],
            "type": "consu" if is_physical else "service",
            "is_storable": is_physical and row.get("inventory_tracking") != "none",
            "list_price": row.get("price") or 0.0,
            "company_id": self.company_id.id,
            "attribute_line_ids": [
                Command.create(
                    {
                        "attribute_id": next(iter(values.values())).attribute_id.id,
                        "value_ids": [Command.set([v.id for v in values.values()])],
                    }
                )
                for values in options.values()
            ],
        }

    def _attribute_value(self, option):
        """Return the value of an attribute; both are created when missing.

        Attributes whose variants are made on demand: a store's options are sparse.
        """
        attributes, values = (
            self.env["product.attribute"],
            self.env["product.attribute.value"],
        )
        dynamic = {
            "name": option["option_display_name"],
            "create_variant": "dynamic",
        }
        attribute = attributes.search(
            [(name, "=", value) for name, value in dynamic.items()], limit=1
        ) or attributes.create(dynamic)
        wanted = {"attribute_id": attribute.id, "name": option["label"]}
        return values.search(
            [(name, "=", value) for name, value in wanted.items()], limit=1
        ) or values.create(wanted)

    def _combination(self, template, variant):
        """Return the template's attribute values of a variant of the store."""
        wanted = {
            (option["option_display_name"], option["label"])
            for option in variant["option_values"]
        }
        return template.attribute_line_ids.product_template_value_ids.filtered(
            lambda value: (value.attribute_id.name, value.name) in wanted
        )

    def _prepare_variant(self, row, variant):
        """Return the values of one variant; what it leaves open is the product's."""
        values = {
            "default_code": variant.get("sku") or row.get("sku") or False,
            "weight": variant.get("weight") or row.get("weight") or 0.0,
        }
        barcode = variant.get("upc") or row.get("upc")
        taken = self.env["product.product"].search_count([("barcode", "=", barcode)])
        if barcode and not taken:
            values["barcode"] = barcode
        return values


def _numbers(products):
    return [str(remote_id) for remote_id in products.mapped("remote_id")]


def _first_image(row):
    """Return the address of a product's thumbnail, or of its first image."""
    images = sorted(
        row.get("images") or (),
        key=lambda image: (not image.get("is_thumbnail"), image.get("sort_order") or 0),
    )
    return images[0].get("url_standard") if images else None
