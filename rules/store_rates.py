"""The rates that a store has set up, as levies that its orders may bear."""

from collections import defaultdict
from decimal import Decimal

from .rates import SetRate, levy_of


def store_rates(zones, rates):
    """Return what the rates of each zone and tax class come to (facts F40, F78).

    :param list zones: as GET /v3/tax/zones gives them
    :param list rates: as GET /v3/tax/rates gives them
    :return: list of {"rate": text, "countries": list of codes, "is_divided": bool};
        no countries where the zone is for all others
    """
    countries = {
        zone.get("id"): _countries(zone) for zone in zones if zone.get("enabled", True)
    }
    by_zone = defaultdict(list)
    for rate in rates:
        if rate.get("enabled", True) and rate.get("tax_zone_id") in countries:
            for class_rate in rate.get("class_rates") or []:
                key = rate["tax_zone_id"], class_rate.get("tax_class_id")
                by_zone[key].append(_set_rate(rate, class_rate))
    levies = {
        (countries[zone], levy_of(group)) for (zone, _c), group in by_zone.items()
    }
    rows = {
        (f"{levy.rate:f}", codes, len(levy.parts) > 1)
        for codes, levy in levies
        if levy.rate
    }
    return [
        {"rate": rate, "countries": list(codes), "is_divided": is_divided}
        for rate, codes, is_divided in sorted(rows)
    ]


def _countries(zone):
    settings = zone.get("shopper_target_settings") or {}
    codes = {row.get("country_code") for row in settings.get("locations") or []}
    return tuple(sorted(codes - {None, ""}))


def _set_rate(rate, class_rate):
    return SetRate(
        rate.get("name") or "",
        Decimal(str(class_rate.get("rate") or 0)),
        rate.get("priority") or 0,
    )
