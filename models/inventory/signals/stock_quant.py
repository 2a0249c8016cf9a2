from odoo import api, models

WATCHED = {"quantity", "reserved_quantity", "location_id", "product_id"}


class StockQuant(models.Model):
    """Every change of a quant leaves a signal for the stores; nothing else."""

    _inherit = "stock.quant"

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `create` to signal what is there now."""
        quants = super().create(vals_list)
        quants._bigcommerce_note_change()
        return quants

    def write(self, vals):
        """Override of `write` to signal what has changed."""
        watched = WATCHED & vals.keys()
        if "product_id" in watched:
            self._bigcommerce_note_change()
        result = super().write(vals)
        if watched:
            self._bigcommerce_note_change()
        return result

    def unlink(self):
        """Override of `unlink` to signal what is gone."""
        self.filtered("quantity")._bigcommerce_note_change()
        return super().unlink()

    def _merge_quants(self):
        """Override of `_merge_quants` to signal what core merges in SQL.

        A negative reservation goes lost in it. Without records, which is the usual way,
        it merges all there are.
        """
        # whoever has quants merged moves stock of others, too
        merged = self or self.sudo().search([("reserved_quantity", "<", 0)])
        merged._bigcommerce_note_change()
        return super()._merge_quants()

    def _bigcommerce_note_change(self):
        self.env["bigcommerce.stock.change"]._note(self.product_id)
