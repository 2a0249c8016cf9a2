def uninstall_hook(env):
    """Leave the products that stand on sale orders to Odoo, with the sale orders."""
    ours = env["ir.model.data"].search(
        [("module", "=", "connector_bigcommerce"), ("model", "=", "product.product")]
    )
    products = env["product.product"].browse(ours.mapped("res_id"))
    rows = env["sale.order.line"]._read_group(
        [("product_id", "in", products.ids)], ["product_id"]
    )
    used = env["product.product"].union(*(product for (product,) in rows))
    env["ir.model.data"].search(
        [
            ("module", "=", "connector_bigcommerce"),
            "|",
            "&",
            ("model", "=", "product.product"),
            ("res_id", "in", used.ids),
            "&",
            ("model", "=", "product.template"),
            ("res_id", "in", used.product_tmpl_id.ids),
        ]
    ).unlink()
