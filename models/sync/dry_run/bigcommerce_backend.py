from odoo import fields, models


class BigcommerceBackend(models.Model):
    """What would happen, before it happens."""

    _inherit = "bigcommerce.backend"

    dry_run_ids = fields.One2many(
        "bigcommerce.dry.run",
        "backend_id",
        help="What would happen, as the last dry run found.",
    )

    def action_dry_run(self):
        """Show what would happen to orders, shipments, quantities and visibility.

        Nothing is written on either side.

        :return: an action that lists the changes
        :raise UserError: when a store cannot be asked
        """
        self._check_user()
        for backend in self._as_system():
            trial = backend._in_company()
            trial.env["bigcommerce.dry.run"]._try_out(trial)
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "connector_bigcommerce.action_bigcommerce_dry_run"
        )
        return {**action, "domain": [("backend_id", "in", self.ids)]}
