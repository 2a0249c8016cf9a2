from odoo.tools import split_every

from ....client.limits import V3_PAGE


def read_quantities(client, product_ids=None):
    """Return {(location id, kind of id, id): units} as a store shows them.

    :param client: of the store
    :param product_ids: the store's products to read, 250 a call; None: all of them
    """
    if product_ids is None:
        return _by_key(client.inventory_items())
    shown = {}
    for ids in split_every(V3_PAGE, sorted(product_ids)):
        wanted = {"product_id:in": ",".join(map(str, ids))}
        shown.update(_by_key(client.inventory_items(**wanted)))
    return shown


def _by_key(items):
    shown = {}
    for item in items:
        # what does not say what it is of counts as not shown
        identity = item.get("identity") or {}
        for location in item.get("locations") or ():
            quantity = location.get("total_inventory_onhand")
            for kind in ("variant_id", "product_id"):
                if identity.get(kind):
                    key = location.get("location_id"), kind, identity[kind]
                    shown[key] = shown.get(key, 0) + (quantity or 0)
    return shown
