"""/v3/tax: the zones and rates that are set up (tax_rates_zones.v3.yml)."""

from ...pricing.taxes import rate_rows, zone_rows
from .filters import filters, matching, whole
from .query import PAGING, paged

ZONE_FILTERS = filters("id", whole, "in")
RATE_FILTERS = {**ZONE_FILTERS, **filters("tax_zone_id", whole, "in")}
RATE_NAMES = (*RATE_FILTERS, *PAGING)


def zones(shop, request):
    return {"data": matching(zone_rows(), request.args, ZONE_FILTERS), "meta": {}}


def rates(shop, request):
    return paged(matching(rate_rows(shop), request.args, RATE_FILTERS), request)
