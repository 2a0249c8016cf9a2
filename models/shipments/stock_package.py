from odoo import fields, models


class StockPackage(models.Model):
    _inherit = "stock.package"

    bigcommerce_tracking_number = fields.Char(
        "Tracking Number",
        copy=False,
        help="The carrier's number of this parcel. Empty: the tracking reference of "
        "the delivery, whose numbers go to its parcels in order.",
    )

    def write(self, vals):
        """Have a number that comes after the delivery sent soon."""
        result = super().write(vals)
        if "bigcommerce_tracking_number" in vals:
            shipments = self.env["bigcommerce.shipment"].sudo()
            sent = shipments.search([("package_id", "in", self.ids)])
            sent.picking_id._bigcommerce_signal()
        return result
