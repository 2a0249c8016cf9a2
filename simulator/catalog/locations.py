"""The places where stock is kept (locations.v3.yml)."""

DEFAULT_LOCATION = 1


def location_row(location_id, label):
    """Return a new location as the API shows it."""
    return {
        "id": location_id,
        "code": f"LOC-{location_id}",
        "label": label,
        "description": "",
        "managed_by_external_source": False,
        "type_id": "PHYSICAL",
        "enabled": True,
        "storefront_visibility": True,
        "time_zone": "Etc/UTC",
        "created_at": "2026-01-01T00:00:00Z",
        "updated_at": "2026-01-01T00:00:00Z",
    }


def level_row(location, units):
    """Return the level of a variant at a location, as its inventory item shows it."""
    return {
        "location_id": location["id"],
        "location_code": location["code"],
        "location_name": location["label"],
        "location_enabled": location["enabled"],
        "available_to_sell": units,
        "total_inventory_onhand": units,
        "settings": {
            "safety_stock": 0,
            "is_in_stock": True,
            "warning_level": 0,
            "bin_picking_number": "",
        },
    }
