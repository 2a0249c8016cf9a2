"""/v3/channels (channels.v3.yml)."""

from .query import LIMIT, paged


def channels(shop, request):
    row = {
        "id": 1,
        "name": shop.name,
        "external_id": "",
        "is_listable_from_ui": True,
        "is_visible": True,
        "is_enabled": True,
        "status": "active",
        "type": "storefront",
        "platform": "bigcommerce",
        "icon_url": "",
        "date_created": "2026-01-01T00:00:00Z",
        "date_modified": "2026-01-01T00:00:00Z",
    }
    return paged([row], request, LIMIT)
