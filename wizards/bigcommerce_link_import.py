import base64
import csv
import io

from odoo import fields, models
from odoo.exceptions import UserError

from ..models.catalog.find_products import ProductFinder

SKU, ODOO_SKU, BARCODE = "SKU", "Odoo SKU", "Barcode"
ENABLED, NOT_VISIBLE = "BC_SubSource_Enabled", "BC_SubSource_NotVisible"
LIMITS = {
    "Max Quantity": "max_quantity",
    "Max Percentage": "max_percentage",
    "End When": "end_quantity",
}
YES, NO = ("1", "true", "yes", "y", "x"), ("0", "false", "no", "n")
# More of them would not be read.
MOST_ERRORS = 20
LONGEST_SHOWN = 40
LARGEST_QUANTITY = 2**31 - 1


class BigcommerceLinkImport(models.TransientModel):
    """Link listings by a CSV file, as those bring it who come from another system."""

    _name = "bigcommerce.link.import"
    _description = "Import BigCommerce Links"

    backend_id = fields.Many2one(
        "bigcommerce.backend",
        "Store",
        required=True,
        default=lambda self: self.env["bigcommerce.backend"].search([], limit=1),
        help="The store whose listings are linked.",
    )
    file = fields.Binary(
        "CSV File",
        required=True,
        help="A line for each listing. Columns: SKU, and any of Odoo SKU, Barcode, "
        "BC_SubSource_Enabled, BC_SubSource_NotVisible, Max Quantity, Max "
        "Percentage, End When.",
    )

    def action_import(self):
        """Link the listings of the file; nothing is changed when a line is wrong.

        :return: a notification with the number of listings
        :raise UserError: naming the lines that cannot be used, and why
        """
        self.ensure_one()
        self.backend_id._check_user()
        rows = self._read()
        self._refuse(self._find_unseen(rows))
        links, errors = _Links(self.backend_id._as_system()._in_company(), rows), []
        for number, row in enumerate(rows, 2):
            if problem := links.take(row):
                errors.append((number, problem))
        self._refuse(errors)
        links.apply()
        return self.backend_id._notify(
            self.env._("Links imported"),
            self.env._("%(count)s listings", count=len(rows)),
        )

    def _refuse(self, errors):
        """
        :param list errors: (number of a line, what is wrong with it)
        :raise UserError: when there are any
        """
        if errors:
            raise UserError(
                "\n".join(
                    self.env._(
                        "Line %(number)s: %(problem)s", number=number, problem=problem
                    )
                    for number, problem in errors[:MOST_ERRORS]
                )
            )

    def _find_unseen(self, rows):
        """Return an error for each cell with signs that nobody could have seen."""
        return [
            (
                number,
                self.env._("%(column)s holds signs that cannot be seen", column=column),
            )
            for number, row in enumerate(rows, 2)
            for column, text in row.items()
            if not text.isprintable()
        ]

    def _read(self):
        """Return the lines of the file as dicts.

        :raise UserError: when it is no CSV file with a column SKU
        """
        try:
            text = base64.b64decode(self.file).decode("utf-8-sig")
            dialect = csv.Sniffer().sniff(text.split("\n", 1)[0], ",;\t")
        except (UnicodeDecodeError, csv.Error):
            dialect = csv.excel
            text = base64.b64decode(self.file).decode("utf-8-sig", errors="replace")
        reader = csv.DictReader(io.StringIO(text), dialect=dialect)
        if SKU not in (reader.fieldnames or ()):
            raise UserError(
                self.env._(
                    "The first line must name the columns: %(sku)s, and any of "
                    "%(others)s.",
                    sku=SKU,
                    others=", ".join(
                        [ODOO_SKU, BARCODE, ENABLED, NOT_VISIBLE, *LIMITS]
                    ),
                )
            )
        try:
            return [
                {name: (value or "").strip() for name, value in row.items() if name}
                for row in reader
            ]
        except csv.Error as error:
            raise UserError(
                self.env._(
                    "Line %(number)s cannot be read: %(reason)s",
                    number=reader.line_num,
                    reason=error,
                )
            ) from error


class _Links:
    """What a file asks for, looked up at once, checked line by line, then done."""

    def __init__(self, backend, rows):
        self.env, self.backend = backend.env, backend
        variants = self.env["bigcommerce.variant"].search(
            [
                ("backend_id", "=", backend.id),
                ("sku", "in", [row[SKU] for row in rows if row[SKU]]),
            ]
        )
        self.variants = variants.grouped("sku")
        finder = ProductFinder(
            backend,
            [row.get(ODOO_SKU) for row in rows],
            [row.get(BARCODE) for row in rows],
        )
        self.find = {ODOO_SKU: finder.by_sku, BARCODE: finder.by_barcode}
        self.linked, self.values = {}, []

    def take(self, row):
        """Remember what a line asks for; return what is wrong with it, or None."""
        variant = self.variants.get(row[SKU])
        if not variant or len(variant) > 1:
            return self.env._(
                "no listing, or several, with SKU “%(sku)s”", sku=row[SKU]
            )
        for column in (ODOO_SKU, BARCODE):
            if not row.get(column):
                continue
            product = self.find[column](row[column])
            if len(product) != 1:
                return self.env._(
                    "no product, or several, with %(column)s “%(value)s”",
                    column=column,
                    value=row[column],
                )
            self.linked[variant] = product
            break
        try:
            self.values.append((variant.bigcommerce_product_id, _switches(row)))
            self.values.append((variant, _limits(row)))
        except ValueError as error:
            column, value = error.args
            return self.env._(
                "%(column)s: “%(value)s” cannot be taken",
                column=column,
                value=value[:LONGEST_SHOWN],
            )
        return None

    def apply(self):
        self.env["bigcommerce.variant"]._link(self.linked)
        for record, values in self.values:
            if values:
                record.write(values)


def _switches(row):
    """Return the values of the product: is it enabled, is it hidden at zero."""
    values = {}
    for column, name in (
        (ENABLED, "is_enabled"),
        (NOT_VISIBLE, "hide_when_out_of_stock"),
    ):
        text = row.get(column, "").lower()
        if text and text not in YES + NO:
            raise ValueError(column, text)
        if text:
            values[name] = text in YES
    return values


def _limits(row):
    """Return the listing's own limits, where the line has any."""
    numbers = {
        name: _number(column, row[column])
        for column, name in LIMITS.items()
        if row.get(column)
    }
    return {"override_rules": True, **numbers} if numbers else {}


def _number(column, text):
    most = 100 if column == "Max Percentage" else LARGEST_QUANTITY
    if not text.replace(".", "", 1).isdecimal() or float(text) > most:
        raise ValueError(column, text)
    return float(text)
