"""What an absolute adjustment of the stock may say (facts F57, F58, F60)."""

from ..fields import INVALID, check_v3, faults_of, rows, text, whole
from ..problems import Problem
from .batches import ADJUSTMENTS, check_batch

LARGEST_QUANTITY = 2_147_483_647
IDENTITIES = ("sku", "variant_id", "product_id")
BODY = {"reason": text(), "items": rows}
ITEM = {
    "location_id": whole(),
    "sku": text(),
    "variant_id": whole(),
    "product_id": whole(),
    "quantity": whole(),
}


def check_adjustments(catalog, body):
    """Check the body of an absolute adjustment.

    One bad item refuses the whole call; the offenders are named in the title only.

    :return: list of ((location id, variant id), quantity)
    :raise Problem: 413 for too many items, 422 for wrong ones
    """
    check_v3(body, BODY, ("items",))
    items = body["items"]
    check_batch(items, ADJUSTMENTS)
    _check_kinds(items)
    _check_locations(catalog, items)
    known = _by_identity(catalog)
    pairs = [(_identity(item), item) for item in items]
    missing = [value for (kind, value), _item in pairs if value not in known[kind]]
    if missing:
        raise Problem(422, f"Item not found, identities: {_listed(missing)}")
    found = [(known[kind][value], kind, value, item) for (kind, value), item in pairs]
    _check_tracking(catalog, found)
    return [
        ((item["location_id"], variants[0]["id"]), _whole(item))
        for variants, _kind, _value, item in found
    ]


def _check_kinds(items):
    errors = {
        f"items.{place}.{name}": words
        for place, item in enumerate(items)
        for name, words in faults_of(item, ITEM, ("location_id", "quantity")).items()
    }
    if errors:
        raise Problem(422, INVALID, errors)


def _check_locations(catalog, items):
    asked = dict.fromkeys(item["location_id"] for item in items)
    known = catalog.locations
    missing = [name for name in asked if name not in known]
    if missing:
        raise Problem(422, f"Location not found, identities: {_listed(missing)}")
    closed = [name for name in asked if not known[name]["enabled"]]
    if closed:
        raise Problem(422, f"Location is disabled, identities: {_listed(closed)}")


def _by_identity(catalog):
    """Return, for each kind of identity, the variants that each value stands for."""
    known = {kind: {} for kind in IDENTITIES}
    for variant in catalog.variants.values():
        if variant["product_id"] not in catalog.products:
            continue
        if variant["sku"]:
            known["sku"].setdefault(variant["sku"], []).append(variant)
        known["variant_id"][variant["id"]] = [variant]
        known["product_id"].setdefault(variant["product_id"], []).append(variant)
    return known


def _identity(item):
    kinds = [kind for kind in IDENTITIES if kind in item]
    if len(kinds) != 1:
        raise Problem(422, "Exactly one of sku, variant_id, product_id is needed.")
    return kinds[0], item[kinds[0]]


def _check_tracking(catalog, found):
    wrong = []
    for variants, kind, value, _item in found:
        product = catalog.products[variants[0]["product_id"]]
        tracking = product["inventory_tracking"]
        if tracking == "none":
            wrong.append(f"Item with {kind} {value} is not tracked")
        elif not _fits(kind, tracking, variants):
            wrong.append(
                f"Item with {kind} {value} is tracked by {tracking}, "
                f"please update stock by {tracking} id"
            )
    if wrong:
        raise Problem(422, _listed(dict.fromkeys(wrong), ", "))


def _fits(kind, tracking, variants):
    if tracking == "product":
        return kind == "product_id"
    # A product without variants goes by its own id as well (inventory.v3.yml, Items).
    return kind != "product_id" or len(variants) == 1


def _listed(values, separator=","):
    return f"[{separator.join(str(value) for value in dict.fromkeys(values))}]"


def _whole(item):
    quantity = item["quantity"]
    if not 0 <= quantity <= LARGEST_QUANTITY:
        raise Problem(422, f"quantity {quantity} is out of range.")
    return quantity
