from odoo import fields, models


class SaleOrderLine(models.Model):
    """What was sold stays as it was sold.

    Core recomputes price, discount and taxes when a quantity changes; the lines
    that came from a store keep what the shopper was charged.
    """

    _name = "sale.order.line"
    _inherit = ["sale.order.line", "bigcommerce.locked.mixin"]

    bigcommerce_line_id = fields.Integer(
        "BigCommerce Line",
        readonly=True,
        copy=False,
        index="btree_not_null",
        aggregator=None,
        help="order_product_id of the store's order line.",
    )
    bigcommerce_charge = fields.Selection(
        [
            ("product", "Product"),
            ("discount", "Discount"),
            ("shipping", "Shipping"),
            ("handling", "Handling"),
            ("wrapping", "Gift Wrapping"),
            ("fee", "Fee"),
        ],
        readonly=True,
        copy=False,
        help="What the store charged with this line.",
    )
    is_bigcommerce_price = fields.Boolean(
        readonly=True,
        copy=False,
        help="The store charged this price: it does not change with quantity or "
        "price list.",
    )
    is_bigcommerce_digital = fields.Boolean(
        readonly=True,
        copy=False,
        help="Downloads and gift certificates: the store delivers them itself.",
    )

    def _compute_price_unit(self):
        """Override of `_compute_price_unit` to keep what was charged."""
        imported = self.filtered("is_bigcommerce_price")
        return super(SaleOrderLine, self - imported)._compute_price_unit()

    def _compute_discount(self):
        """Override of `_compute_discount` to keep what was charged."""
        imported = self.filtered("is_bigcommerce_price")
        return super(SaleOrderLine, self - imported)._compute_discount()

    def _compute_tax_ids(self):
        """Override of `_compute_tax_ids` to keep what was charged."""
        imported = self.filtered("is_bigcommerce_price")
        return super(SaleOrderLine, self - imported)._compute_tax_ids()

    def _compute_qty_delivered_method(self):
        """Override of `_compute_qty_delivered_method` to not wait for downloads."""
        result = super()._compute_qty_delivered_method()
        self.filtered("is_bigcommerce_digital").qty_delivered_method = "manual"
        return result

    def _action_launch_stock_rule(self, **kwargs):
        """Override of `_action_launch_stock_rule` to move no stock for downloads."""
        digital = self.filtered("is_bigcommerce_digital")
        return super(SaleOrderLine, self - digital)._action_launch_stock_rule(**kwargs)

    def _bigcommerce_key(self):
        """Return what tells this line apart from the others of its order."""
        return self._bigcommerce_key_of(
            {
                "bigcommerce_line_id": self.bigcommerce_line_id,
                "product_id": self.product_id.id,
                "name": self.name,
            }
        )

    def _bigcommerce_key_of(self, values):
        """Return the key of a line with these values.

        A product by the store's line and the product, which cannot be changed once
        it is confirmed; a cost, which has no line in the store, by its name.
        """
        line_id = values.get("bigcommerce_line_id")
        return values["product_id"], line_id or values["name"]
