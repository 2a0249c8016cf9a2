"""The parts of products that a query may include (products_catalog.v3.yml)."""

NONE = (
    "bulk_pricing_rules",
    "custom_fields",
    "modifiers",
    "parent_relations",
    "reviews",
    "videos",
)


def parts_of(catalog, product_id, host):
    """Return {name of a part: function that makes it} of a product.

    :param str host: the address of the store's page, where images are served
    """
    product = catalog.product(product_id)

    def images():
        return catalog.image_rows(product, host)

    def variants():
        return [catalog.variant_row(row) for row in catalog.variants_of(product_id)]

    return {
        **dict.fromkeys(NONE, list),
        "channels": lambda: [1],
        "images": images,
        "primary_image": lambda: images()[0] if images() else {},
        "options": lambda: _options(product_id, catalog.variants_of(product_id)),
        "variants": variants,
    }


def _options(product_id, variants):
    """Return what a product's variants differ by."""
    options = {}
    for variant in variants:
        for value in variant["option_values"]:
            option = options.setdefault(
                value["option_id"],
                {
                    "id": value["option_id"],
                    "product_id": product_id,
                    "display_name": value["option_display_name"],
                    "type": "dropdown",
                    "option_values": [],
                },
            )
            option["option_values"].append(
                {
                    "id": value["id"],
                    "label": value["label"],
                    "sort_order": len(option["option_values"]),
                    "is_default": False,
                }
            )
    return list(options.values())
