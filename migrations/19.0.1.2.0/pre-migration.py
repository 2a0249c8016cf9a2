"""Stock signals belong to a store now: what waits is sent to each in another way."""


def migrate(cr, version):
    # the levels of these products are looked at instead
    cr.execute(
        """
        UPDATE bigcommerce_stock_level level
           SET state = 'pending'
          FROM bigcommerce_variant variant
         WHERE variant.id = level.variant_id
           AND variant.product_id IN (SELECT product_id FROM bigcommerce_stock_change)
        """
    )
    cr.execute("DELETE FROM bigcommerce_stock_change")
