from odoo import api, models

WATCHED = {"quantity", "reserved_quantity", "location_id", "product_id"}


class StockQuant(models.Model):
    """Every change of a quant leaves a signal for the stores; nothing else."""

    _inherit = "stock.quant"

    @api.model_create_multi
    def create(self, vals_list):
        quants = super().create(vals_list)
        quants._bigcommerce_note_change()
        return quants

    def write(self, vals):
        watched = WATCHED & vals.keys()
        if "product_id" in watched:
            self._bigcommerce_note_change()
        result = super().write(vals)
        if watched:
            self._bigcommerce_note_change()
        return result

    def unlink(self):
        self.filtered("quantity")._bigcommerce_note_change()
        return super().unlink()

    def _merge_quants(self):
        """Signal what core merges in SQL: a negative reservation goes lost in it."""
        self._bigcommerce_note_change()
        return super()._merge_quants()

    def _bigcommerce_note_change(self):
        self.env["bigcommerce.stock.change"]._note(self.product_id.ids)
