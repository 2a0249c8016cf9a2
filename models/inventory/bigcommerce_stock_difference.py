from odoo import fields, models


class BigcommerceStockDifference(models.Model):
    """What a run found the store to show otherwise than it should, and why."""

    _name = "bigcommerce.stock.difference"
    _description = "BigCommerce Stock Difference"
    _order = "run_id desc, id"

    run_id = fields.Many2one(
        "bigcommerce.sync.run",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
        help="The run that found it.",
    )
    backend_id = fields.Many2one(related="run_id.backend_id", store=True)
    company_id = fields.Many2one(related="run_id.company_id", store=True)
    bigcommerce_product_id = fields.Many2one(
        "bigcommerce.product",
        "Product",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
        help="The product that differs.",
    )
    variant_id = fields.Many2one(
        "bigcommerce.variant",
        readonly=True,
        ondelete="cascade",
        help="The variant that differs. Empty: the product as a whole.",
    )
    location_id = fields.Many2one(
        "bigcommerce.location",
        readonly=True,
        ondelete="cascade",
        help="The store's location. Empty: it is about visibility.",
    )
    shown = fields.Integer(
        "In the Store",
        readonly=True,
        aggregator=None,
        help="What the store shows.",
    )
    sent = fields.Integer(
        "Last Sent",
        readonly=True,
        aggregator=None,
        help="What was last sent.",
    )
    wanted = fields.Integer(
        "Should Be",
        readonly=True,
        aggregator=None,
        help="What the store should show.",
    )
    cause = fields.Selection(
        [
            ("store", "Changed in the store"),
            ("odoo", "Changed in Odoo, not sent yet"),
            ("both", "Changed on both sides"),
            ("unsent", "Never sent"),
            ("refused", "Refused by the store"),
            ("missing", "Not among the store's stock"),
            ("visibility", "Visibility (1 shown, 0 hidden)"),
        ],
        required=True,
        readonly=True,
        help="Where the difference comes from.",
    )


def cause_of(target, shown):
    """Return why a quantity is not as it should be, or None when it is.

    :param Target target: quantity_target.py
    :param shown: the quantity that the store shows, None when it shows none at all
    """
    if shown == target.quantity:
        return None
    if shown is None:
        return "missing"
    if "failed" in target.levels.mapped("state"):
        return "refused"
    if not all(target.levels.mapped("pushed_at")):
        return "unsent"
    sent = target.levels[0].pushed_quantity
    if sent == target.quantity:
        return "store"
    return "odoo" if sent == shown else "both"
