"""/v3/tax: the zones and rates that are set up (tax_rates_zones.v3.yml)."""

from ...pricing.taxes import rate_rows, zone_rows
from .query import LIMIT, paged


def zones(shop, request):
    return {"data": zone_rows(), "meta": {}}


def rates(shop, request):
    return paged(rate_rows(shop), request, LIMIT)
