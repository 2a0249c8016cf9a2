from odoo import fields, models


class StockPackage(models.Model):
    """The tracking number of a parcel."""

    _inherit = "stock.package"

    bigcommerce_tracking_number = fields.Char(
        "Tracking Number",
        copy=False,
        help="The carrier's number of this parcel. Empty: the tracking reference of "
        "the delivery, whose numbers go to its parcels in order.",
    )

    def write(self, vals):
        """Override of `write` to have a number sent that comes after the delivery."""
        result = super().write(vals)
        if "bigcommerce_tracking_number" in vals:
            # the warehouse need not read the outbox
            shipments = self.env["bigcommerce.shipment"].sudo()
            sent = shipments.search([("package_id", "in", self.ids)])
            sent.picking_id._bigcommerce_signal()
        return result
