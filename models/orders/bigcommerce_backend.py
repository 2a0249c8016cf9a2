from odoo import fields, models

from ..store.counts import count_by_store

WAITING = ("pending", "held", "failed")


class BigcommerceBackend(models.Model):
    """How a store's orders are fetched, and what their sale orders are like."""

    _inherit = "bigcommerce.backend"

    last_order_sync = fields.Datetime(
        "Last Order Sync Date",
        copy=False,
        default=fields.Datetime.now,
        help="Orders that the store changed since then (UTC) are fetched next: a new "
        "store starts now. Set it back, or empty it for all orders, to have older "
        "ones fetched.",
    )
    order_fetch_start = fields.Datetime(
        readonly=True,
        copy=False,
        help="When the fetch began that is under way.",
    )
    order_fetch_last_id = fields.Integer(
        readonly=True,
        copy=False,
        help="The order that the fetch has come to.",
    )
    fetch_back_from = fields.Datetime(
        readonly=True,
        copy=False,
        help="Older orders are fetched from then on.",
    )
    fetch_back_to = fields.Datetime(
        readonly=True,
        copy=False,
        help="Older orders are fetched up to then.",
    )
    fetch_back_last_id = fields.Integer(
        readonly=True,
        copy=False,
        help="The order that the fetch of older orders has come to.",
    )
    payload_retention_days = fields.Integer(
        "Keep Order Payloads (days)",
        default=90,
        help="Orders stay in the inbox; what the store sent is emptied after this "
        "many days.",
    )
    fallback_product_id = fields.Many2one(
        "product.product",
        check_company=True,
        help="Stands for custom items, and for unknown products where so wished.",
    )
    guest_matching = fields.Selection(
        [("email", "By e-mail address"), ("never", "Never: a new contact each time")],
        default="email",
        required=True,
        help="Whether a guest with the same e-mail address and name is the contact "
        "that is known already.",
    )
    rounding_tolerance = fields.Float(
        default=0.05,
        digits=(16, 4),
        help="Up to this difference between the store's total and Odoo's goes on a "
        "labelled rounding line. Beyond it the order is held.",
    )
    warehouse_id = fields.Many2one(
        "stock.warehouse",
        check_company=True,
        help="Where the orders are delivered from. Empty: the company's first "
        "warehouse.",
    )
    order_prefix = fields.Char(
        help="The sale order is named by this and the store's order number. Empty: "
        "by Odoo's own sequence."
    )
    team_id = fields.Many2one(
        "crm.team",
        "Sales Team",
        check_company=True,
        help="The sales team of the sale orders.",
    )
    user_id = fields.Many2one(
        "res.users",
        "Salesperson",
        check_company=True,
        help="The salesperson of the sale orders. Activities about this store are "
        "theirs.",
    )
    tag_ids = fields.Many2many(
        "crm.tag",
        string="Tags",
        help="Each sale order of this store gets them.",
    )
    order_ids = fields.One2many(
        "bigcommerce.order",
        "backend_id",
        help="The orders that came from this store.",
    )
    waiting_order_count = fields.Integer(
        compute="_compute_waiting_order_count",
        help="Orders that wait, are held or failed.",
    )

    _payload_retention = models.Constraint(
        "CHECK (payload_retention_days >= 0)",
        "What the store sent is kept for 0 days or more.",
    )
    _no_negative_tolerance = models.Constraint(
        "CHECK (rounding_tolerance >= 0)", "A difference is tolerated up to 0 or more."
    )

    def write(self, vals):
        """Override of `write` to bring back the orders that waited for this, and to
        read the whole of another period, also while one is being fetched."""
        result = super().write(vals)
        if {"store_tax_rates", "collected_tax_account_id"} & vals.keys():
            self.env["bigcommerce.order"]._release("tax", self)
        if {"unknown_product_policy", "fallback_product_id"} & vals.keys():
            self.env["bigcommerce.order"]._release("product", self)
        if "last_order_sync" in vals and "order_fetch_start" not in vals:
            restart = {"order_fetch_start": False, "order_fetch_last_id": 0}
            self._as_system().write(restart)
        return result

    def _compute_waiting_order_count(self):
        counts = count_by_store(self, "bigcommerce.order", [("state", "in", WAITING)])
        for backend in self:
            backend.waiting_order_count = counts.get(backend, 0)
