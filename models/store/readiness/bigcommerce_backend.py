from odoo import api, fields, models
from odoo.exceptions import UserError

from .bigcommerce_finding import STEPS


class BigcommerceBackend(models.Model):
    """From a new record to a store that works: six steps, then *Go Live*."""

    _inherit = "bigcommerce.backend"

    is_live = fields.Boolean(
        "Live",
        readonly=True,
        copy=False,
        tracking=True,
        help="Nothing is written to the store before: no shipment, no status, no "
        "quantity, no webhook.",
    )
    setup_step = fields.Selection(
        STEPS,
        "Set-up",
        default="connect",
        copy=False,
        help="Where the set-up of this store was left.",
    )
    finding_ids = fields.One2many(
        "bigcommerce.finding",
        "backend_id",
        help="What the last check found, step by step.",
    )
    step_finding_ids = fields.One2many(
        "bigcommerce.finding",
        compute="_compute_step_finding_ids",
        help="What the last check found for the present step of the set-up.",
    )
    checked_at = fields.Datetime(
        "Checked on",
        readonly=True,
        copy=False,
        help="When the set-up was checked last.",
    )

    @api.depends("setup_step", "finding_ids.step")
    def _compute_step_finding_ids(self):
        for backend in self:
            backend.step_finding_ids = backend.finding_ids.filtered(
                lambda finding, step=backend.setup_step: (
                    step in ("live", finding.step) or finding.severity == "blocking"
                )
            )

    def action_check_readiness(self):
        """Find out what each store lacks before it can go live; nothing is written.

        :return: a notification with the number of what blocks and what to look at
        """
        self._check_manager()
        lines, kind = [], "success"
        for backend in self._as_system():
            store = backend._in_company()
            findings = store.env["bigcommerce.finding"]._check(store)
            backend.checked_at = fields.Datetime.now()
            counts = findings.grouped("severity")
            blocking = len(counts.get("blocking", ()))
            kind = "warning" if blocking else kind
            lines.append(
                self.env._(
                    "%(store)s: %(blocking)s things block, %(warnings)s to look at.",
                    store=backend.name,
                    blocking=blocking,
                    warnings=len(counts.get("warning", ())),
                )
            )
        return self._notify(self.env._("Readiness"), "\n".join(lines), kind)

    def action_next_step(self):
        """Check this store, and go on to the next step of the set-up."""
        self.ensure_one()
        self.action_check_readiness()
        names = [name for name, _title in STEPS]
        place = names.index(self.setup_step or "connect")
        self.setup_step = names[min(place + 1, len(names) - 1)]
        return True

    def action_go_live(self):
        """Let these stores be written to from now on.

        :raise UserError: naming what blocks
        """
        self.action_check_readiness()
        blocking = self.finding_ids.filtered(lambda row: row.severity == "blocking")
        if blocking:
            raise UserError("\n".join(blocking.mapped("message")))
        live = self._as_system()
        live.write({"is_live": True, "setup_step": "live"})
        for kind in ("import_orders", "export_shipments", "push_inventory"):
            self.env.ref(f"connector_bigcommerce.cron_{kind}")._trigger()
        names = ", ".join(self.mapped("name"))
        return self._notify(self.env._("Live"), self.env._("%s works now.", names))


def check_live(backend):
    """Make sure that a store may be written to.

    :raise UserError: when it is not live yet
    """
    if not backend.is_live:
        raise UserError(
            backend.env._(
                "%s is not live: nothing is written to it. Use Go Live on the store.",
                backend.name,
            )
        )
