"""The taxes that a store has set up, and what stands on an order of them."""

from decimal import Decimal

ZONE = 1


def rates_of(shop):
    """Return the percentages that are charged: the usual one and products' own."""
    own = {product["_tax_rate"] for product in shop.catalog.products.values()}
    return [shop.tax_rate, *sorted(own - {None, shop.tax_rate})]


def parts_of(shop, rate):
    """Return [(name, percent)] of a rate: one, or what each jurisdiction takes."""
    return shop.tax_parts.get(Decimal(rate)) or [("Tax", Decimal(rate))]


def zone_rows():
    """Return the zones (tax_rates_zones.v3.yml): one, for all that no other is for."""
    return [
        {
            "id": ZONE,
            "name": "Everywhere",
            "enabled": True,
            "price_display_settings": {
                "show_inclusive": False,
                "show_both_on_list_view": False,
                "show_both_on_detail_view": False,
            },
            "shopper_target_settings": {"locations": [], "customer_groups": []},
        }
    ]


def rate_rows(shop):
    """Return the rates (tax_rates_zones.v3.yml): one a name, with its classes."""
    by_name = {}
    for tax_class, rate in enumerate(rates_of(shop)):
        for name, percent in parts_of(shop, rate):
            by_name.setdefault(name, []).append(
                {"rate": float(percent), "tax_class_id": tax_class}
            )
    return [
        {
            "id": number,
            "name": name,
            "enabled": True,
            "priority": 1,
            "tax_zone_id": ZONE,
            "class_rates": classes,
        }
        for number, (name, classes) in enumerate(by_name.items(), 1)
    ]
