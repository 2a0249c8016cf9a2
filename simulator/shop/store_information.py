"""Who the store is (store_information.v2.yml)."""

from ..pricing.currencies import decimals_of

TIMEZONE = {
    "name": "America/Chicago",
    "raw_offset": -21600,
    "dst_offset": -18000,
    "dst_correction": True,
    "date_format": {
        "display": "M jS Y",
        "export": "M jS Y",
        "extended_display": "M jS Y @ g:i A",
    },
}
KEEPER = {
    "first_name": "Robin",
    "last_name": "Keeper",
    "address": "1 Market Street, Austin",
    "country": "United States",
    "country_code": "US",
    "phone": "512-555-0100",
    "admin_email": "admin@example.com",
    "order_email": "orders@example.com",
}
PLAN = {
    "plan_name": "Plus",
    "plan_level": "Plus",
    "plan_is_trial": False,
    "industry": "Sports",
    "features": {
        "multi_storefront_enabled": True,
        "checkout_type": "optimized",
    },
}


def store_information(shop):
    """Return the store as GET /v2/store shows it."""
    return {
        "id": shop.store_hash,
        "account_uuid": "00000000-0000-4000-8000-000000000001",
        "domain": "shop.example.com",
        "secure_url": "https://shop.example.com",
        "control_panel_base_url": f"https://store-{shop.store_hash}.mybigcommerce.com",
        "status": "live",
        "name": shop.name,
        **KEEPER,
        "timezone": TIMEZONE,
        "language": "en",
        "currency": shop.currency,
        "currency_symbol": shop.currency,
        "decimal_separator": ".",
        "thousands_separator": ",",
        "decimal_places": decimals_of(shop.currency),
        "weight_units": "KGS",
        "dimension_units": "Centimeters",
        **PLAN,
        "logo": [],
        "is_price_entered_with_tax": shop.tax_inclusive,
        "active_comparison_modules": [],
        "default_channel_id": 1,
    }
