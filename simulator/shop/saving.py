"""All that the store remembers, copied and brought back."""

import copy

SETTINGS = (
    "currency",
    "tax_inclusive",
    "tax_rate",
    "tax_parts",
    "rounding",
    "moves_status",
    "now",
    "mails",
)
CATALOG = ("products", "variants", "stock", "locations", "unsaved", "_next_id")


def save(shop):
    """Return a copy of what a shop remembers: {part: {attribute: value}}."""
    return {
        part: copy.deepcopy({name: getattr(holder, name) for name in names})
        for part, holder, names in _parts(shop)
    }


def restore(shop, saved):
    """Make a shop what it was when `saved` was made."""
    for part, holder, _names in _parts(shop):
        for name, value in copy.deepcopy(saved[part]).items():
            setattr(holder, name, value)


def _parts(shop):
    """Return (name, holder, attributes) of each part that remembers something."""
    return (
        ("shop", shop, SETTINGS),
        ("catalog", shop.catalog, CATALOG),
        ("inventory", shop.inventory, ("waiting",)),
        ("book", shop.book, ("orders", "_next_id")),
        ("despatch", shop.despatch, ("shipments", "_next_id")),
        ("pickups", shop.pickups, ("pickups", "_next_id")),
        ("refunds", shop.refunds, ("refunds",)),
        ("hooks", shop.hooks, ("hooks",)),
    )
