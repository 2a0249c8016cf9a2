"""What each side shows, side by side, and whether they agree."""

from decimal import Decimal


def report(play):
    """Print the tables; return True when the store and Odoo agree everywhere."""
    orders = [order_row(play, order) for order in play.store.orders()]
    print("\nOrders")
    print_table(
        (
            "order",
            "store status",
            "charged",
            "in Odoo",
            "Odoo state",
            "sent",
            "parcels",
        ),
        [row for row, _agrees in orders],
    )
    products = [product_row(play, row) for row in stock_rows(play)]
    print("\nProducts")
    print_table(
        ("SKU", "product", "available", "listed", "in the store", "visible"),
        [row for row, _agrees in products],
    )
    wrong = [row[0] for row, agrees in orders + products if not agrees]
    if wrong:
        print(f"\nThe two sides differ: {', '.join(map(str, wrong))}")
    else:
        print("\nBoth sides agree.")
    return not wrong


def order_row(play, order):
    """Return (cells, whether both sides agree) of one order of the store."""
    (inbox,) = play.odoo.read(
        "bigcommerce.order",
        [("remote_id", "=", order["id"])],
        ["state", "error", "sale_order_ids"],
    ) or [{"state": "missing", "error": "", "sale_order_ids": []}]
    sales = play.odoo.read(
        "sale.order", [("id", "in", inbox["sale_order_ids"])], ["amount_total", "state"]
    )
    charged = Decimal(order["total_inc_tax"])
    total = sum(Decimal(str(sale["amount_total"])) for sale in sales)
    shipments = play.store.shipments(order["id"])
    in_odoo = play.odoo.read(
        "bigcommerce.shipment",
        [("order_id.remote_id", "=", order["id"])],
        ["tracking_number", "items"],
    )
    delivered, ordered = delivered_units(play, sales)
    agrees = (
        (not sales or total == charged)
        and contents(shipments) == contents(in_odoo)
        and (not sales or order["items_shipped"] == delivered)
        and status_fits(order, delivered, ordered)
        and inbox["state"] == expected_state(order)
    )
    cells = (
        f"#{order['id']}",
        order["status"],
        f"{charged:.2f}",
        f"{total:.2f}" if sales else inbox["state"],
        ", ".join(sale["state"] for sale in sales) or (inbox["error"] or "")[:40],
        f"{order['items_shipped']}/{order['items_total']}",
        " ".join(sorted(row["tracking_number"] or "-" for row in shipments)),
    )
    return cells, agrees


def expected_state(order):
    """Return what the default mapping makes of an order in the store's status."""
    if order["status_id"] in (12, 13):
        return "held"
    untouched = order["status_id"] in (0, 1, 5, 6, 4, 10, 14)
    shipped_elsewhere = order["status_id"] == 2 and not order["items_shipped"]
    return "ignored" if untouched or shipped_elsewhere else "imported"


def status_fits(order, delivered, ordered):
    """Tell whether the store's status says what was delivered here."""
    if not delivered:
        return order["status_id"] != 3
    return order["status_id"] == (2 if delivered == ordered else 3)


def delivered_units(play, sales):
    lines = play.odoo.read(
        "sale.order.line",
        [
            ("order_id", "in", [sale["id"] for sale in sales]),
            ("bigcommerce_line_id", "!=", 0),
            ("product_id.type", "=", "consu"),
        ],
        ["qty_delivered", "product_uom_qty"],
    )
    return (
        sum(line["qty_delivered"] for line in lines),
        sum(line["product_uom_qty"] for line in lines),
    )


def contents(shipments):
    """Return what the shipments hold, in an order of its own."""
    return sorted(
        (
            row["tracking_number"] or "",
            sorted((i["order_product_id"], i["quantity"]) for i in row["items"]),
        )
        for row in shipments
    )


def stock_rows(play):
    return play.odoo.read(
        "bigcommerce.stock.level",
        [("variant_id.bigcommerce_product_id.inventory_tracking", "!=", "none")],
        ["variant_id", "available", "pushed_quantity", "state"],
        order="id",
    )


def product_row(play, level):
    """Return (cells, whether both sides agree) of one listing."""
    (variant,) = play.odoo.read(
        "bigcommerce.variant",
        [("id", "=", level["variant_id"][0])],
        ["remote_id", "sku", "bigcommerce_product_id"],
    )
    (product,) = play.odoo.read(
        "bigcommerce.product",
        [("id", "=", variant["bigcommerce_product_id"][0])],
        ["remote_id", "name", "is_visible"],
    )
    shown = play.store.levels()[variant["remote_id"]]
    visible = play.store.products()[product["remote_id"]]["is_visible"]
    agrees = (
        level["state"] == "synced"
        and level["pushed_quantity"] == shown
        and product["is_visible"] == visible
        and not (shown == 0 and visible and is_alone(play, product))
    )
    cells = (
        variant["sku"],
        product["name"],
        f"{level['available']:g}",
        level["pushed_quantity"],
        shown,
        "yes" if visible else "no",
    )
    return cells, agrees


def is_alone(play, product):
    count = play.odoo(
        "bigcommerce.variant",
        "search_count",
        [("bigcommerce_product_id", "=", product["id"])],
    )
    return count == 1


def print_table(head, rows):
    """Print rows under a head, each column as wide as it must be."""
    cells = [tuple(map(str, row)) for row in (head, *rows)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(head))]
    for row in cells:
        print(
            "  ".join(
                text.ljust(width) for text, width in zip(row, widths, strict=True)
            ).rstrip()
        )
        if row is cells[0]:
            print("  ".join("-" * width for width in widths))
