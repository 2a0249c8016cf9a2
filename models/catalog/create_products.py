import base64
import logging

from odoo import Command, fields, models
from odoo.exceptions import UserError
from odoo.tools import split_every

from ...client import ApiError, RateLimited, Unauthorized
from ...client.limits import ID_BATCH
from ..store.in_words import in_words
from ..sync.bigcommerce_retry_mixin import CONCURRENCY_ERRORS
from .archive_missing import note_missing

_logger = logging.getLogger(__name__)


class BigcommerceProduct(models.Model):
    """Odoo products made from the store's, with all their variants."""

    _inherit = "bigcommerce.product"

    create_error = fields.Text(
        "Not Created Because",
        readonly=True,
        help="Why no Odoo product could be made of it.",
    )

    @in_words()
    def action_create_products(self):
        """Create in Odoo what it lacks of these, and link it.

        Whole products with attributes and variants, prices, weights, barcodes and the
        first image; of products that are linked, the variants that were added since.
        What is linked already keeps its product.

        :raise UserError: when the store cannot be reached, in words
        """
        self._check_user()
        failed = self.browse()
        for backend, products in self._as_system().grouped("backend_id").items():
            products = products.with_env(backend._in_company().env)
            # there may be a product with this SKU by now
            products.variant_ids._link_unlinked()
            products._create_products(products.backend_id._client())
            failed += products.filtered("create_error")
        return self._tell_created(failed)

    def _tell_created(self, failed):
        """Return a notification of what was not created, if anything was not."""
        if not failed:
            return True
        return self.env["bigcommerce.backend"]._notify(
            self.env._("Not created"),
            "\n".join(f"{product.name}: {product.create_error}" for product in failed),
            "warning",
        )

    def _create_products(self, client):
        """Create in Odoo what it lacks of these, each by itself.

        What is wrong with one is noted on it.

        :raise: what concerns all: a token or quota that does not allow it, or another
            transaction that was quicker
        """
        lacking = self.filtered(lambda product: product._get_variants_to_create())
        for ids in split_every(ID_BATCH, lacking.ids, list):
            products = self.browse(ids)
            try:
                rows = products._read_rows(client)
            except (Unauthorized, RateLimited):
                raise
            except ApiError as error:
                products.create_error = str(error)
                continue
            for product in products.filtered(lambda p, rows=rows: p.remote_id in rows):
                product._create_alone(rows[product.remote_id], client)
            note_missing(
                products.filtered(lambda p, rows=rows: p.remote_id not in rows)
            )

    def _get_variants_to_create(self):
        """Return the variants without a product; not those that may be several."""
        return self.variant_ids.filtered(
            lambda variant: not variant.product_id and variant.link_issue != "duplicate"
        )

    def _read_rows(self, client):
        """Return {id: row} of these products, as the store has them now."""
        numbers = ",".join(map(str, self.mapped("remote_id")))
        rows = client.products(**{"id:in": numbers}, include="variants,images")
        return {row["id"]: row for row in rows}

    def _create_alone(self, row, client):
        """Create what Odoo lacks of this product; note what is wrong with it.

        :param dict row: of GET /v3/catalog/products with variants and images
        """
        try:
            with self.env.cr.savepoint():
                self._create_lacking(row, client)
                self.create_error = False
                self.flush_recordset()
        except (*CONCURRENCY_ERRORS, Unauthorized, RateLimited):
            raise
        except Exception as error:
            if not isinstance(error, (UserError, ApiError)):
                _logger.exception("%s cannot be created", self.display_name)
            self.create_error = str(error)

    def _create_lacking(self, row, client):
        """Create the variants that Odoo lacks, in a template that can hold them.

        That of their siblings, where its attributes are the store's options; else one
        of their own.

        :param dict row: of GET /v3/catalog/products with variants and images
        """
        shown = {variant["id"]: variant for variant in row.get("variants") or ()}
        lacking = self._get_variants_to_create().filtered(
            lambda variant: variant.remote_id in shown
        )
        if any("option_values" not in shown[v.remote_id] for v in lacking):
            raise UserError(
                self.env._(
                    "A legacy account does not tell what its variants differ by: "
                    "create the product by hand, with the store's SKUs, and link it."
                )
            )
        options = self._read_options([shown[v.remote_id] for v in lacking])
        template = self.variant_ids.product_id.product_tmpl_id
        if not _holds(template, options):
            template = self.env["product.template"].create(
                self._prepare_template(row, options)
            )
            self._set_image(template, _first_image(row), client)
        else:
            _add_values(template, options)
        links = {}
        for variant in lacking:
            product = template._create_product_variant(
                self._combination(template, shown[variant.remote_id])
            )
            self._check_free(product)
            product.write(self._prepare_variant(row, shown[variant.remote_id]))
            links[variant] = product
        lacking._link(links)

    def _check_free(self, product):
        """Make sure that a product is the one that was just made for a variant.

        :raise UserError: when there is one with these attributes already
        """
        if not product:
            raise UserError(
                self.env._("Odoo does not allow this combination of attributes.")
            )
        if product.default_code or product in self.variant_ids.product_id:
            raise UserError(
                self.env._(
                    "%(product)s has the same attributes: link it by hand, or change "
                    "its attributes.",
                    product=product.display_name,
                )
            )

    def _set_image(self, template, url, client):
        """Take over an image; a product does without one that cannot be read."""
        if not url:
            return
        try:
            template.image_1920 = base64.b64encode(client.image(url))
        except (ApiError, UserError) as error:
            template.message_post(body=str(error))

    def _read_options(self, rows):
        """Return {option: {label: product.attribute.value}} of variants of the store.

        :param list rows: variants of GET /v3/catalog/products
        """
        options = {}
        for variant in rows:
            for option in variant["option_values"]:
                values = options.setdefault(option["option_display_name"], {})
                values[option["label"]] = self._attribute_value(option)
        return options

    def _prepare_template(self, row, options):
        """Return the values of the template; its variants are made one by one, as a
        store need not have every combination.

        :param dict options: as `_read_options` returns them
        """
        is_physical = row.get("type") != "digital"
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


def _holds(template, options):
    """Tell whether variants with these options belong into a template.

    Its attributes must be the same, and make variants one by one: else Odoo would make
    variants that the store does not have.
    """
    attributes = template.attribute_line_ids.attribute_id
    wanted = {v.attribute_id for values in options.values() for v in values.values()}
    return len(template) == 1 and bool(wanted) and set(attributes) == wanted


def _add_values(template, options):
    """Add the values to a template's attributes that it does not have yet."""
    for line in template.attribute_line_ids:
        wanted = {
            value
            for values in options.values()
            for value in values.values()
            if value.attribute_id == line.attribute_id
        }
        if new := wanted - set(line.value_ids):
            line.value_ids = [Command.link(value.id) for value in new]


def _first_image(row):
    """Return the address of a product's thumbnail, or of its first image."""
    images = sorted(
        row.get("images") or (),
        key=lambda image: (not image.get("is_thumbnail"), image.get("sort_order") or 0),
    )
    return images[0].get("url_standard") if images else None
