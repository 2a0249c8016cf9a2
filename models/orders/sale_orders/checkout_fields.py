from odoo import fields, models
from odoo.exceptions import ValidationError
from odoo.tools import plaintext2html


class BigcommerceOrder(models.Model):
    """What shoppers wrote into fields that the merchant added to the checkout."""

    _inherit = "bigcommerce.order"

    def _prepare_checkout_fields(self, document):
        """Return what the checkout's fields set on a sale order.

        :param document: client.documents.Order
        """
        rows = dict.fromkeys((row.name, row.value) for row in document.form_fields)
        values = {
            "bigcommerce_checkout_fields": "\n".join(
                f"{name}: {value}" for name, value in rows
            )
        }
        if reference := self._get_checkout_value(document, "reference"):
            values["client_order_ref"] = reference
        if note := self._get_checkout_value(document, "delivery"):
            values["bigcommerce_delivery_note"] = note
        return values

    def _get_checkout_value(self, document, use):
        """Return what was written into the fields that are mapped to a use."""
        mappings = self.backend_id.field_mapping_ids
        names = set(mappings.filtered(lambda row: row.use == use).mapped("name"))
        values = [row.value for row in document.form_fields if row.name in names]
        return "\n".join(dict.fromkeys(values))

    def _set_vat(self, document, customer):
        """Give a customer that came with an order the VAT number of the checkout.

        One that Odoo's own check refuses stays on the sale order only.
        """
        vat, company = (
            self._get_checkout_value(document, "vat"),
            customer.commercial_partner_id,
        )
        if not vat or company.vat or not company.is_bigcommerce_contact:
            return
        try:
            with self.env.cr.savepoint():
                company.vat = vat
                company.flush_recordset()
        except ValidationError as error:
            company.invalidate_recordset(["vat"])
            company.message_post(
                body=plaintext2html(
                    self.env._(
                        "The VAT number %(vat)s of order %(order)s was refused: "
                        "%(reason)s",
                        vat=vat,
                        order=self.remote_id,
                        reason=error,
                    )
                )
            )


class SaleOrder(models.Model):
    """What the shopper wrote at the checkout, on the order and its deliveries."""

    _inherit = "sale.order"

    bigcommerce_checkout_fields = fields.Text(
        "Checkout Fields",
        readonly=True,
        copy=False,
        help="What the shopper answered in the store's checkout.",
    )
    bigcommerce_delivery_note = fields.Text(
        "Delivery Instructions",
        readonly=True,
        copy=False,
        help="What the shopper asked of the delivery.",
    )


class StockPicking(models.Model):
    """What the shopper wrote is shown where the parcel is packed."""

    _inherit = "stock.picking"

    bigcommerce_checkout_fields = fields.Text(
        related="sale_id.bigcommerce_checkout_fields"
    )


class StockMove(models.Model):
    """Delivery instructions are the note of the delivery."""

    _inherit = "stock.move"

    def _get_new_picking_values(self):
        """Override of `_get_new_picking_values` to note the delivery instructions."""
        values = super()._get_new_picking_values()
        notes = self.sale_line_id.order_id.mapped("bigcommerce_delivery_note")
        if note := "\n".join(filter(None, notes)):
            values["note"] = plaintext2html(note)
        return values
