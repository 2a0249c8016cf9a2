"""The rows of an order's products (orders.v2.oas2.yml, orderProducts)."""

from dataclasses import replace
from decimal import Decimal

from ..formats import cents, money
from ..pricing.totals import price_cost, price_line


def line_row(line_id, order_id, item, article, terms):
    """Return a line as the API shows it.

    :param article: dict of product_id, variant_id, name, sku, upc, type, price,
        rate, weight and option_values of what is sold
    :param Terms terms: of the order
    """
    price = article["price"] if item.price is None else Decimal(item.price)
    rate, quantity = article["rate"], item.quantity
    priced = price_line(price, quantity, rate, terms.inclusive, terms.decimals)
    wrapping = price_cost(item.wrapping, rate, terms.inclusive, terms.decimals)
    row = {
        "id": line_id,
        "order_id": order_id,
        "product_id": article["product_id"],
        "order_pickup_method_id": 0,
        "order_address_id": 0,
        "name": article["name"],
        "name_customer": article["name"],
        "name_merchant": article["name"],
        "sku": article["sku"],
        "upc": article["upc"],
        "type": article["type"],
        "base_price": money(price),
        "price_ex_tax": money(priced["unit_net"]),
        "price_inc_tax": money(priced["unit_gross"]),
        "price_tax": money(priced["unit_gross"] - priced["unit_net"]),
        "base_total": money(price * quantity),
        "total_ex_tax": money(priced["net"]),
        "total_inc_tax": money(priced["gross"]),
        "quantity": quantity,
        "quantity_shipped": 0,
        "quantity_refunded": 0,
        "is_refunded": False,
        "weight": f"{article['weight']:.4f}",
        "wrapping_id": 1 if item.wrapping else 0,
        "wrapping_name": "Gift paper" if item.wrapping else "",
        "wrapping_message": "",
        "base_wrapping_cost": money(item.wrapping),
        "wrapping_cost_ex_tax": money(wrapping[0]),
        "wrapping_cost_inc_tax": money(wrapping[1]),
        "wrapping_cost_tax": money(wrapping[1] - wrapping[0]),
        "parent_order_product_id": None,
        "is_bundled_product": False,
        "bin_picking_number": "",
        "gift_certificate_id": line_id
        if article["type"] == "giftcertificate"
        else None,
        "product_options": _options(line_id, article["option_values"]),
        "configurable_fields": [],
        "_item": item,
        "_article": article,
    }
    if article["variant_id"]:
        # custom products have none (section 4.5)
        row["variant_id"] = article["variant_id"]
    return row


def apply_discounts(rows, terms):
    """Reduce the lines by all discounts of an order, each spread over them.

    Percentages count from the line's total; an amount is spread in proportion to
    the lines (orders.v2.oas2.yml, orderProductAppliedDiscounts).
    """
    left = {row["id"]: Decimal(row["total_inc_tax"]) for row in rows}
    for row in rows:
        row["applied_discounts"] = []
    for discount in terms.discounts:
        for row, amount in _shares(discount, rows, left, terms):
            _reduce(row, discount, amount, left)
    for row in rows:
        if amount := min(Decimal(row["_item"].discount), left[row["id"]]):
            manual = replace(terms.manual, target="product")
            _reduce(row, manual, amount, left)
    for row in rows:
        paid, gross = left[row["id"]], Decimal(row["total_inc_tax"])
        net = Decimal(row["total_ex_tax"])
        factor = 1 + row["_article"]["rate"] / 100
        paid_net = net if paid == gross else cents(paid / factor, terms.decimals)
        row["discounted_total_inc_tax"] = money(paid)
        row["total_tax"] = money(paid - paid_net)


def _shares(discount, rows, left, terms):
    """Yield (row, amount) of a discount."""
    rows = [row for row in rows if row["type"] != "giftcertificate"]
    if discount.percent is not None:
        for row in rows:
            share = Decimal(row["total_inc_tax"]) * discount.percent / 100
            yield row, min(cents(share, terms.decimals), left[row["id"]])
        return
    whole = sum(left[row["id"]] for row in rows)
    rest, base = min(discount.amount, whole), whole
    for row in rows:
        part = left[row["id"]]
        share = cents(rest * part / base, terms.decimals) if base else Decimal(0)
        yield row, share
        rest, base = rest - share, base - part


def _reduce(row, discount, amount, left):
    if not amount:
        return
    left[row["id"]] -= amount
    row["applied_discounts"].append(
        {
            "id": discount.id,
            "amount": money(amount),
            "name": discount.name,
            "code": discount.code,
            "target": discount.target,
        }
    )


def _options(line_id, option_values):
    return [
        {
            "id": line_id * 10 + place,
            "option_id": option["option_id"],
            "order_product_id": line_id,
            "product_option_id": option["option_id"],
            "display_name": option["option_display_name"],
            "display_name_customer": option["option_display_name"],
            "display_name_merchant": option["option_display_name"],
            "display_value": option["label"],
            "display_value_customer": option["label"],
            "display_value_merchant": option["label"],
            "value": str(option["id"]),
            "type": "Multiple choice",
            "name": option["option_display_name"],
            "display_style": "Rectangle",
        }
        for place, option in enumerate(option_values, 1)
    ]
