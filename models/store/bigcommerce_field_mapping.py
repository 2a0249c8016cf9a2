from odoo import fields, models


class BigcommerceFieldMapping(models.Model):
    """What a field means that the merchant added to the checkout."""

    _name = "bigcommerce.field.mapping"
    _inherit = ["bigcommerce.mapping"]
    _description = "BigCommerce Checkout Field"
    _order = "backend_id, name"

    name = fields.Char("Checkout Field", help="As orders carry it.")
    use = fields.Selection(
        [
            ("note", "Shown on the order"),
            ("reference", "Customer reference"),
            ("vat", "VAT number of the customer"),
            ("delivery", "Note on the delivery"),
        ],
        default="note",
        required=True,
        help="Every field is shown on the sale order and the delivery; this is what "
        "is done with it besides.",
    )

    _name_uniq = models.UniqueIndex(
        "(backend_id, name)", "Each checkout field is mapped once per store."
    )
