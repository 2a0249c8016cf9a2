"""The variants of products (product-variants_catalog.v3.yml)."""

# What a list may be asked for of a variant.
READABLE = (
    "id",
    "product_id",
    "sku",
    "sku_id",
    "upc",
    "gtin",
    "mpn",
    "image_url",
    "price",
    "calculated_price",
    "cost_price",
    "sale_price",
    "retail_price",
    "weight",
    "calculated_weight",
    "width",
    "height",
    "depth",
    "is_free_shipping",
    "fixed_cost_shipping_price",
    "purchasing_disabled",
    "purchasing_disabled_message",
    "inventory_level",
    "inventory_warning_level",
    "bin_picking_number",
    "option_values",
)


def new_variant(variant_id, product_id, given):
    """Return a variant as the store keeps it.

    :param dict given: its sku, upc, price and options, as far as it has them
    """
    price = given.get("price")
    options = given.get("options") or {}
    return {
        "id": variant_id,
        "product_id": product_id,
        "sku": given.get("sku") or "",
        # V2 counts its SKUs by themselves, and has none of a base variant
        "sku_id": variant_id + 5000 if options else None,
        "upc": given.get("upc") or "",
        "price": None if price is None else float(price),
        "inventory_level": 0,
        "inventory_warning_level": 0,
        "purchasing_disabled": False,
        "option_values": [
            {
                "id": variant_id * 10 + place,
                "option_id": product_id * 10 + place,
                "option_display_name": name,
                "label": value,
            }
            for place, (name, value) in enumerate(options.items(), 1)
        ],
    }


def identity(variant):
    """Return what a variant is called in inventory items (inventory.v3.yml)."""
    return {
        "sku": variant["sku"],
        "sku_id": variant["sku_id"],
        "variant_id": variant["id"],
        "product_id": variant["product_id"],
    }
