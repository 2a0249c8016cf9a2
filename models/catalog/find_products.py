class ProductFinder:
    """The Odoo products that a store's SKUs and barcodes may mean.

    Read for many listings or order lines at once; a blank never means a product.
    """

    def __init__(self, backend, skus=(), barcodes=()):
        """
        :param backend: the store: products of its company, or of none
        :param skus: iterable of texts, as the store has them
        :param barcodes: iterable of texts
        """
        self._none = backend.env["product.product"]
        self._company_ids = (False, backend.company_id.id)
        self._by_sku = self._read("default_code", skus)
        self._by_barcode = self._read("barcode", barcodes)

    def by_sku(self, sku):
        """Return the products with a SKU: none, one or several."""
        return self._by_sku.get(sku, self._none) if sku else self._none

    def by_barcode(self, barcode):
        """Return the products with a barcode: none, one or several."""
        return self._by_barcode.get(barcode, self._none) if barcode else self._none

    def add(self, product):
        """Have a product found that was created meanwhile."""
        for known, value in (
            (self._by_sku, product.default_code),
            (self._by_barcode, product.barcode),
        ):
            if value:
                known[value] = known.get(value, self._none) | product

    def _read(self, name, values):
        """Return {value: products} of a field."""
        wanted = list(filter(None, values))
        products = self._none.search(
            [(name, "in", wanted), ("company_id", "in", self._company_ids)]
        )
        return dict(products.grouped(name))
