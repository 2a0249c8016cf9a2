from .archive_missing import note_missing

PRODUCT_FIELDS = "name,sku,inventory_tracking,is_visible"
VARIANT_FIELDS = "product_id,sku,upc,purchasing_disabled"


def product_values(row):
    """Return what a listing shows of its product in the store.

    :param dict row: of GET /v3/catalog/products, with PRODUCT_FIELDS
    """
    return {
        "name": _text(row.get("name")) or str(row["id"]),
        "sku": _text(row.get("sku")),
        "inventory_tracking": tracking_of(row),
        **_visibility(row),
    }


def variant_values(row, product):
    """Return what a listing shows of a variant in the store.

    :param dict row: of GET /v3/catalog/variants, with VARIANT_FIELDS
    :param product: its bigcommerce.product record
    """
    return {
        "bigcommerce_product_id": product.id,
        "sku": _text(row.get("sku")),
        "barcode": _text(row.get("upc")),
        **purchasing_values(row),
    }


def purchasing_values(row):
    """Return whether a variant can be bought; one that somebody enabled is not ours."""
    disabled = bool(row.get("purchasing_disabled"))
    return {
        "purchasing_disabled": disabled,
        **({} if disabled else {"disabled_by_odoo": False}),
    }


def find_known_variants(backend, products, numbers):
    """Return the listings of some products, and those of some ids in the store.

    Archived ones, too; one may have been another product's.
    """
    variants = backend.env["bigcommerce.variant"].with_context(active_test=False)
    return variants.search(
        [
            ("backend_id", "=", backend.id),
            "|",
            ("bigcommerce_product_id", "in", products.ids),
            ("remote_id", "in", list(numbers)),
        ]
    )


def take_over(known, values, common=None):
    """Create and change records so that they are what the store has.

    What it has no more is noted; what was archived for that comes back.

    :param known: the records there are, archived ones too
    :param dict values: remote id -> values
    :param dict common: values of new records
    :return: the records of the values
    """
    by_id, taken, new = known.grouped("remote_id"), known.browse(), []
    for remote_id, vals in values.items():
        record = by_id.get(remote_id)
        if not record:
            new.append({**(common or {}), **vals, "remote_id": remote_id})
            continue
        if record.is_missing:
            vals = {**vals, "is_missing": False, "active": True}
        if changed := _changes(record, vals):
            record.write(changed)
        taken += record
    note_missing(known.filtered(lambda record: record.remote_id not in values))
    return taken + known.create(new)


def _changes(record, values):
    """Return the values that a record does not have yet."""
    return {
        name: value
        for name, value in values.items()
        if (record[name].id if name.endswith("_id") else record[name]) != value
    }


def _text(value):
    """Return a text as the store sent it, or False for none."""
    return str(value) if value not in (None, "") else False


def tracking_of(row):
    """Return how the store tracks a product; what nobody knows is not tracked."""
    tracking = row.get("inventory_tracking")
    return tracking if tracking in ("product", "variant") else "none"


def _visibility(row):
    """Return what a listing shows; one that somebody showed again is not ours."""
    visible = bool(row.get("is_visible"))
    return {"is_visible": visible, **({"hidden_by_odoo": False} if visible else {})}
