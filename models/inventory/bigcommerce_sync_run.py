from odoo import fields, models


class BigcommerceSyncRun(models.Model):
    """What an audit or a dry run found."""

    _inherit = "bigcommerce.sync.run"

    difference_ids = fields.One2many(
        "bigcommerce.stock.difference",
        "run_id",
        help="What the store shows otherwise than it should.",
    )

    def action_open_differences(self):
        """List what these runs found to be otherwise than it should."""
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "connector_bigcommerce.action_bigcommerce_stock_difference"
        )
        action["domain"] = [("run_id", "in", self.ids)]
        return action

    def _get_differences_text(self):
        """Return how many quantities and visibilities were found to differ."""
        differences = self.env["bigcommerce.stock.difference"]._read_group(
            [("run_id", "in", self.ids)], ["cause"], ["__count"]
        )
        counts = dict(differences)
        visibilities = counts.pop("visibility", 0)
        return self.env._(
            "%(levels)s quantities and %(products)s visibilities differed.",
            levels=sum(counts.values()),
            products=visibilities,
        )
