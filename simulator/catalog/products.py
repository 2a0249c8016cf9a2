"""Products and their images (products_catalog.v3.yml)."""

from decimal import Decimal

# What is the same for every new product.
FIXED = {
    "description": "",
    "width": 0.0,
    "depth": 0.0,
    "height": 0.0,
    "cost_price": 0.0,
    "retail_price": 0.0,
    "sale_price": 0.0,
    "map_price": 0.0,
    "tax_class_id": 0,
    "product_tax_code": "",
    "categories": [],
    "brand_id": 0,
    "inventory_level": 0,
    "inventory_warning_level": 0,
    "fixed_cost_shipping_price": 0.0,
    "is_free_shipping": False,
    "is_featured": False,
    "gtin": "",
    "mpn": "",
    "search_keywords": "",
    "availability": "available",
    "availability_description": "",
    "condition": "New",
    "total_sold": 0,
    "date_last_imported": "",
    "base_variant_id": None,
}


def new_product(
    product_id,
    name,
    moment,
    tracking,
    sku="",
    price="10.00",
    upc="",
    visible=True,
    tax_rate=None,
    weight="1",
    type="physical",
    image=None,
):
    """Return a product as the store keeps it; the API hides what has an underscore.

    :param moment: when it goes on sale, as the API writes it
    :param tracking: what its stock is counted by: none, product or variant
    :param tax_rate: percent, when it is not the store's usual one
    :param bytes image: a PNG
    """
    return {
        **FIXED,
        "id": product_id,
        "name": name,
        "type": type,
        "sku": sku,
        "weight": float(weight),
        "price": float(price),
        "upc": upc,
        "inventory_tracking": tracking,
        "is_visible": visible,
        "date_created": moment,
        "date_modified": moment,
        "_tax_rate": None if tax_rate is None else Decimal(tax_rate),
        "_image": image,
    }


def image_row(product, host):
    """Return the image of a product as `include=images` shows it.

    :param str host: the address of the store's page, where images are served
    """
    url = f"{host}images/{product['id']}.png"
    return {
        "id": product["id"],
        "product_id": product["id"],
        "is_thumbnail": True,
        "sort_order": 0,
        "description": "",
        "url_standard": url,
        "url_zoom": url,
        "url_thumbnail": url,
        "url_tiny": url,
    }
