"""/v2/orders/{id}/taxes."""

from decimal import Decimal

from ....formats import money
from ....pricing.taxes import parts_of
from ..query import flag, page

# What a tax line is for, and the field that holds its tax.
COSTS = {"shipping": "cost_tax", "handling": "handling_cost_tax"}


def taxes(shop, request, order_id):
    """Return a row for each tax on each line, and on each cost of an address."""
    kept = shop.raw_order(order_id)
    details = flag(request.args, "details")
    taxed = [
        *(_line(line) for line in kept["_lines"]),
        *(
            _cost(kept, address, kind)
            for kind, name in COSTS.items()
            for address in kept["_addresses"]
            if address[name]
        ),
    ]
    rows = [
        {**tax, "name": name, "rate": percent, "amount": tax["amount"] * share}
        for tax in taxed
        for name, percent, share in _shares(shop, tax["rate"])
    ]
    return page(
        [_row(kept, number, row, details) for number, row in enumerate(rows, 1)],
        request,
    )


def _line(line):
    return {
        "order_address_id": line["order_address_id"],
        "rate": line["_article"]["rate"],
        "amount": Decimal(line["total_tax"]),
        "order_product_id": str(line["id"]),
        "line_item_type": "item",
    }


def _cost(kept, address, kind):
    name = COSTS[kind]
    return {
        "order_address_id": address["id"],
        "rate": kept["_terms"].rate,
        "amount": Decimal(address[name]),
        "order_product_id": None,
        "line_item_type": kind,
    }


def _shares(shop, rate):
    """Yield (name, percent, share of the whole) of each part of a rate."""
    for name, percent in parts_of(shop, rate):
        yield name, percent, percent / rate if rate else Decimal(0)


def _row(kept, number, tax, details):
    row = {
        "id": kept["id"] * 1000 + number,
        "order_id": kept["id"],
        "order_address_id": tax["order_address_id"],
        "tax_rate_id": 1,
        "sales_tax_id": "1",
        "tax_class_id": 0,
        "name": tax["name"],
        "class": "Default Tax Class",
        "rate": money(tax["rate"]),
        "priority": 1,
        "priority_amount": money(tax["amount"]),
        "line_amount": money(tax["amount"]),
        "order_pickup_method_id": 0,
    }
    if details:
        row["order_product_id"] = tax["order_product_id"]
        row["line_item_type"] = tax["line_item_type"]
    return row
