from odoo import api, models
from odoo.exceptions import AccessError, ValidationError
from odoo.tools import ormcache

MODULE = "connector_bigcommerce"
# What says which record of which store this is: set with its creation, and then fixed.
KEYS = {
    "backend_id",
    "company_id",
    "remote_id",
    "state",
    "status_id",
}


class BigcommerceLockedMixin(models.AbstractModel):
    """Fields that only the system writes: those that are readonly, and keys.

    A view that shows a field readonly stops nobody: every field can be written over
    RPC. People act through methods, which check who asks, and then do the work with
    `_as_system`. Of models of other modules, only the fields of this one are locked.
    """

    _name = "bigcommerce.locked.mixin"
    _description = "Written by the System"

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `create` to refuse what only the system writes."""
        if self.env.su:
            return super().create(vals_list)
        locked = self._locked_fields()
        self._refuse_locked(locked & set().union(*vals_list))
        # nor does it come in as a default of the caller's
        defaults = {f"default_{name}" for name in locked}
        context = {k: v for k, v in self.env.context.items() if k not in defaults}
        # pylint: disable=context-overridden
        model = self.with_context(context)
        return super(BigcommerceLockedMixin, model).create(vals_list)

    def write(self, vals):
        """Override of `write` to refuse what only the system writes."""
        if not self.env.su:
            fixed = self._locked_fields() | self._key_fields()
            self._refuse_locked(fixed & vals.keys())
        self._check_required(vals)
        return super().write(vals)

    def copy_data(self, default=None):
        """Override of `copy_data` to leave out what only the system writes."""
        locked = self._locked_fields()
        return [
            {name: value for name, value in values.items() if name not in locked}
            for values in super().copy_data(default)
        ]

    @api.model
    @ormcache()
    def _locked_fields(self):
        """Return the names of our fields that are readonly, as a frozenset."""
        return frozenset(
            name
            for name, field in self._fields.items()
            if field.readonly and MODULE in field._modules
        )

    @api.model
    @ormcache()
    def _key_fields(self):
        """Return the names of our fields that are fixed once a record is there."""
        return frozenset(
            name
            for name in KEYS & self._fields.keys()
            if MODULE in self._fields[name]._modules
        )

    @api.model
    def _refuse_locked(self, names):
        """
        :raise AccessError: when there are any
        """
        if not names:
            return
        titles = [self._fields[name].string for name in sorted(names)]
        raise AccessError(
            self.env._(
                "%(model)s: %(fields)s can only be changed by the connector itself.",
                model=self.env["ir.model"]._get(self._name).name,
                fields=", ".join(titles),
            )
        )

    @api.model
    def _check_required(self, vals):
        """
        :raise ValidationError: for an empty value of a field that must have one. The
            database's own error would show the whole row to whoever asked for it
        """
        for name in vals:
            field = self._fields.get(name)
            if (
                field
                and field.required
                and field.store
                and field.type not in ("boolean", "integer", "float", "monetary")
                and not vals[name]
            ):
                raise ValidationError(
                    self.env._("%(field)s cannot be empty.", field=field.string)
                )

    def _check_user(self):
        """Check that a person may do the daily work with these records.

        :raise AccessError: for whom has no right to, or not in their companies
        """
        if not (self.env.su or self.env.user.has_group(f"{MODULE}.group_user")):
            raise AccessError(
                self.env._("Only BigCommerce users may do this: ask an administrator.")
            )
        self.check_access("read")

    def _as_system(self):
        """Return these records with all rights, for work that was allowed.

        Without the caller's context, which whoever calls the server can fill with keys
        that would change the work.
        """
        context = self.env.context
        kept = {name: context[name] for name in ("lang", "tz") if name in context}
        # what was allowed is the system's work;  pylint: disable=context-overridden
        return self.with_context(kept).sudo()
