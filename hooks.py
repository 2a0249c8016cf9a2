def uninstall_hook(env):
    """Leave to Odoo what stands on its own documents."""
    _leave_products(env)
    _leave_activities(env)


def _leave_products(env):
    """The products that stand on sale orders stay, with the sale orders."""
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


def _leave_activities(env):
    """What a person still has to look at becomes a to-do."""
    kind = env.ref("connector_bigcommerce.activity_changed_in_store", False)
    if kind:
        activities = env["mail.activity"].search([("activity_type_id", "=", kind.id)])
        activities.activity_type_id = env.ref("mail.mail_activity_data_todo")
