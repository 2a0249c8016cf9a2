from odoo import fields, models


class SaleOrderLine(models.Model):
    """What was sold stays as it was sold.

    Core recomputes price, discount and taxes when a quantity changes; the lines
    that came from a store keep what the shopper was charged.
    """

    _inherit = "sale.order.line"

    bigcommerce_line_id = fields.Integer(
        "BigCommerce Line",
        readonly=True,
        copy=False,
        index="btree_not_null",
        aggregator=None,
        help="order_product_id of the store's order line.",
    )
    is_bigcommerce_price = fields.Boolean(readonly=True)

    def _compute_price_unit(self):
        imported = self.filtered("is_bigcommerce_price")
        return super(SaleOrderLine, self - imported)._compute_price_unit()

    def _compute_discount(self):
        imported = self.filtered("is_bigcommerce_price")
        return super(SaleOrderLine, self - imported)._compute_discount()

    def _compute_tax_ids(self):
        imported = self.filtered("is_bigcommerce_price")
        return super(SaleOrderLine, self - imported)._compute_tax_ids()
