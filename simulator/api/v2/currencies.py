"""/v2/currencies (currencies.v2.yml)."""

from ...pricing.currencies import decimals_of
from .query import page


def currencies(shop, request):
    rows = [
        {
            "id": 1,
            "is_default": True,
            "last_updated": "Mon, 02 Mar 2026 09:15:04 +0000",
            "country_iso2": "US",
            "default_for_country_codes": ["USA"],
            "currency_code": shop.currency,
            "currency_exchange_rate": "1.0000000000",
            "name": shop.currency,
            "token": "$",
            "auto_update": False,
            "token_location": "left",
            "decimal_token": ".",
            "thousands_token": ",",
            "decimal_places": decimals_of(shop.currency),
            "enabled": True,
            "is_transactional": True,
        }
    ]
    return page(rows, request)
