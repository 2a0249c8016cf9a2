"""/v2/orders/{id}/taxes."""

from ....formats import money
from ..query import page


def taxes(shop, request, order_id):
    """Return a tax row for each line and each address that has costs."""
    kept = shop.raw_order(order_id)
    details = request.args.get("details") == "true"
    rows = [_line_tax(line) for line in kept["_lines"]]
    rows += [_shipping_tax(address) for address in kept["_addresses"]]
    return page([_tax_row(kept, *row, details) for row in enumerate(rows, 1)], request)


def _line_tax(line):
    return {
        "order_address_id": line["order_address_id"],
        "rate": _rate(line["price_ex_tax"], line["price_tax"]),
        "amount": line["total_tax"],
        "order_product_id": str(line["id"]),
        "line_item_type": "item",
    }


def _shipping_tax(address):
    return {
        "order_address_id": address["id"],
        "rate": _rate(address["cost_ex_tax"], address["cost_tax"]),
        "amount": address["cost_tax"],
        "order_product_id": None,
        "line_item_type": "shipping",
    }


def _rate(net, tax):
    net, tax = float(net), float(tax)
    return round(100 * tax / net, 2) if net else 0


def _tax_row(kept, number, tax, details):
    row = {
        "id": kept["id"] * 1000 + number,
        "order_id": kept["id"],
        "order_address_id": tax["order_address_id"],
        "tax_rate_id": 1,
        "sales_tax_id": "1",
        "tax_class_id": 0,
        "name": "Tax",
        "class": "Default Tax Class",
        "rate": money(str(tax["rate"])),
        "priority": 0,
        "priority_amount": money(tax["amount"]),
        "line_amount": money(tax["amount"]),
        "order_pickup_method_id": 0,
    }
    if details:
        row["order_product_id"] = tax["order_product_id"]
        row["line_item_type"] = tax["line_item_type"]
    return row
