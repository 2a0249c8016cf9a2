"""/v3/channels (channels.v3.yml)."""

from ...formats import parse_moment
from .filters import choice, filters, flag, matching
from .query import PAGING, included, paged

SINCE = "2026-01-01T00:00:00Z"
STATUSES = (
    "prelaunch",
    "active",
    "inactive",
    "connected",
    "disconnected",
    "archived",
    "deleted",
    "terminated",
)
TYPES = ("marketplace", "marketing", "pos", "storefront")


def _moment(row):
    return parse_moment(SINCE)


FILTERS = {
    **filters("available", flag, value=lambda row: True),
    **filters("status", choice(*STATUSES), "in"),
    **filters("type", choice(*TYPES), "in"),
    **filters("platform", str, "in"),
    **filters("date_created", parse_moment, "", "min", "max", value=_moment),
    **filters("date_modified", parse_moment, "", "min", "max", value=_moment),
}
NAMES = (*FILTERS, "include", *PAGING)


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
        "date_created": SINCE,
        "date_modified": SINCE,
    }
    if "currencies" in included(request.args, "currencies"):
        row["currencies"] = {
            "enabled_currencies": [shop.currency],
            "default_currency": shop.currency,
        }
    return paged(matching([row], request.args, FILTERS), request)
