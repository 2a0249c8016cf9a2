from odoo import fields, models


class BigcommerceShippingMapping(models.Model):
    """How a shipping service of the store is carried out."""

    _name = "bigcommerce.shipping.mapping"
    _inherit = ["bigcommerce.mapping"]
    _description = "BigCommerce Shipping Service"
    _order = "backend_id, name"

    name = fields.Char(
        "Tag", help="The name of the shipping service exactly as orders carry it."
    )
    carrier_id = fields.Many2one(
        "delivery.carrier",
        "Delivery Method",
        check_company=True,
        help="The delivery method of orders with this service, and of parcels sent "
        "with it.",
    )
    shipping_provider = fields.Char(
        help="BigCommerce's name of the carrier, for example fedex, ups, usps, "
        "royalmail, auspost. Empty: the tracking link of Odoo is sent instead."
    )
    tracking_carrier = fields.Char(
        help="The carrier's name at BigCommerce's tracking service, for example "
        "dhl, dpd, gls, postnl."
    )

    _name_uniq = models.UniqueIndex(
        "(backend_id, name)", "Each shipping service is mapped once per store."
    )
