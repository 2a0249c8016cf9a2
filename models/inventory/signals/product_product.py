from odoo import models

# What decides whether a product has stock that could be sold.
WATCHED = {"is_storable", "type", "active"}


class ProductProduct(models.Model):
    _inherit = "product.product"

    def write(self, vals):
        result = super().write(vals)
        if WATCHED & vals.keys():
            self._bigcommerce_note_change()
        return result

    def _bigcommerce_has_stock(self):
        """Tell whether Odoo knows how many there are: itself, or as a kit (mrp)."""
        return self.is_storable or ("is_kits" in self._fields and self.is_kits)

    def _bigcommerce_note_change(self):
        self.env["bigcommerce.stock.change"]._note(self.ids)


class ProductTemplate(models.Model):
    _inherit = "product.template"

    def write(self, vals):
        result = super().write(vals)
        if WATCHED & vals.keys():
            variants = self.with_context(active_test=False).product_variant_ids
            variants._bigcommerce_note_change()
        return result
