"""The rows of an order's products (orders.v2.oas2.yml, orderProducts)."""

from decimal import Decimal

from ..formats import money
from ..pricing.prices import price_cost, price_line


def line_row(line_id, order_id, item, article, terms):
    """Return a line as the store keeps it; the API shows what has no underscore.

    :param dict article: what is sold, of articles.py
    :param Terms terms: of the order
    """
    certificate = line_id if article["type"] == "giftcertificate" else None
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
        **_prices(item, article, terms),
        "quantity": item.quantity,
        "quantity_shipped": 0,
        "quantity_refunded": 0,
        "is_refunded": False,
        "weight": f"{article['weight']:.4f}",
        **_wrapping(item, article, terms),
        "parent_order_product_id": None,
        "is_bundled_product": False,
        "bin_picking_number": "",
        "gift_certificate_id": certificate,
        "product_options": _options(line_id, article["option_values"]),
        "configurable_fields": [],
        "_item": item,
        "_article": article,
    }
    if article["variant_id"]:
        # custom products have none (fact F28)
        row["variant_id"] = article["variant_id"]
    return row


def _prices(item, article, terms):
    price = article["price"] if item.price is None else Decimal(item.price)
    priced = price_line(price, item.quantity, article["rate"], terms)
    return {
        "base_price": money(price),
        "price_ex_tax": money(priced["unit_net"]),
        "price_inc_tax": money(priced["unit_gross"]),
        "price_tax": money(priced["unit_gross"] - priced["unit_net"]),
        "base_total": money(price * item.quantity),
        "total_ex_tax": money(priced["net"]),
        "total_inc_tax": money(priced["gross"]),
    }


def _wrapping(item, article, terms):
    net, gross = price_cost(item.wrapping, article["rate"], terms)
    return {
        "wrapping_id": 1 if item.wrapping else 0,
        "wrapping_name": "Gift paper" if item.wrapping else "",
        "wrapping_message": "",
        "base_wrapping_cost": money(item.wrapping),
        "wrapping_cost_ex_tax": money(net),
        "wrapping_cost_inc_tax": money(gross),
        "wrapping_cost_tax": money(gross - net),
    }


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
