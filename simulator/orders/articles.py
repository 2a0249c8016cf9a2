"""What a line of an order sells."""

from decimal import Decimal


def article_of(shop, item):
    """Return what an item is: of the catalogue, or made up for this order.

    :return: dict of product_id, variant_id, name, sku, upc, type, price, rate (percent
        of tax), weight and option_values
    """
    return _of_catalog(shop, item.sku) if item.sku else _made_up(shop, item)


def _of_catalog(shop, sku):
    variant = shop.catalog.variant_by_sku(sku)
    product = shop.catalog.products[variant["product_id"]]
    rate, own = product["_tax_rate"], variant["price"]
    return {
        "product_id": product["id"],
        "variant_id": variant["id"],
        "name": product["name"],
        "sku": variant["sku"],
        "upc": variant["upc"],
        "type": product["type"],
        "price": Decimal(str(product["price"] if own is None else own)),
        "rate": shop.tax_rate if rate is None else rate,
        "weight": product["weight"],
        "option_values": variant["option_values"],
    }


def _made_up(shop, item):
    return {
        "product_id": 0,
        "variant_id": None,
        "name": item.name,
        "sku": "",
        "upc": "",
        "type": item.type,
        "price": Decimal(0),
        "rate": Decimal(0) if item.type == "giftcertificate" else shop.tax_rate,
        "weight": 0.0,
        "option_values": [],
    }
