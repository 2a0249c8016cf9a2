"""An outdoor shop with products of every kind, and orders that wait."""

from ..orders.cart import Item
from ..orders.statuses import SHIPPED

SIZES = ("S", "M", "L")

JANE = {
    "first_name": "Jane",
    "last_name": "Miller",
    "street_1": "12 Oak Avenue",
    "city": "Portland",
    "state": "Oregon",
    "zip": "97201",
    "email": "jane.miller@example.com",
    "phone": "503-555-0133",
}
SUMMIT = {
    "first_name": "Omar",
    "last_name": "Reyes",
    "company": "Summit Guides LLC",
    "street_1": "400 Ridge Road",
    "street_2": "Suite 3",
    "city": "Denver",
    "state": "Colorado",
    "zip": "80202",
    "email": "office@summit.example.com",
    "phone": "303-555-0177",
}
CABIN = {
    **JANE,
    "street_1": "Lake Cabin 7",
    "city": "Bend",
    "zip": "97701",
}
LI = {
    "first_name": "Li",
    "last_name": "Wei",
    "street_1": "88 Harbor Street",
    "city": "Seattle",
    "state": "Washington",
    "zip": "98101",
    "email": "li.wei@example.com",
}


def fill(shop):
    """Put products on sale and let shoppers buy."""
    shop.name = "Demo Outdoor Shop"
    _products(shop)
    _paid_orders(shop.buy)
    _orders_of_other_statuses(shop.buy)
    _order_to_two_addresses(shop.buy)


def _products(shop):
    add = shop.add_product
    add(
        "Trail Jacket",
        price="129.00",
        variants=[
            {"sku": f"JKT-{size}", "options": {"Size": size}, "stock": 12}
            for size in SIZES
        ],
    )
    add(
        "Merino T-shirt",
        price="39.90",
        variants=[
            {
                "sku": f"TEE-{color[:3].upper()}-{size}",
                "options": {"Color": color, "Size": size},
                "stock": 20,
            }
            for color in ("Moss", "Navy")
            for size in SIZES
        ],
    )
    add("Enamel Mug", sku="MUG-01", price="9.95", stock=80, upc="4006381333931")
    add("Two-Person Tent", sku="TENT-2P", price="349.00", stock=6)
    add("Sleeping Bag", sku="BAG-COMFORT", price="189.50", stock=9)
    add("Gas Stove", sku="STOVE-G1", price="64.90", stock=15)
    add("Headlamp", sku="LAMP-300", price="44.99", stock=25)
    add("Water Bottle 1 l", sku="BOTTLE-1L", price="18.00", stock=60)
    add("Trekking Poles", sku="POLES-C", price="79.00", stock=10)
    add("Map of the Ridge Trail", sku="MAP-RIDGE", price="14.50", stock=30)
    add("Compass", sku="COMPASS-1", price="24.00", stock=5)
    add("Last Season's Gloves", sku="GLOVES-OLD", price="15.00", visible=False)
    add("Knife Sharpening", sku="SRV-SHARPEN", price="12.00", tracking="none")


def _paid_orders(buy):
    buy([("MUG-01", 2)], billing=LI, shipping_method="Flat Rate")
    buy(
        [("JKT-M", 1), ("TEE-NAV-M", 2)],
        billing=JANE,
        shipping=CABIN,
        customer_id=11,
        shipping_method="Express Courier",
        shipping_cost="12.50",
    )
    buy(
        [("TENT-2P", 2), ("BAG-COMFORT", 2), ("STOVE-G1", 1)],
        billing=SUMMIT,
        customer_id=12,
        shipping_method="Flat Rate",
        shipping_cost="19.00",
        coupon=("GUIDES10", 10),
        note="Please call before delivery.",
    )
    buy([("LAMP-300", 1)], billing=LI, gift_certificate="20")


def _orders_of_other_statuses(buy):
    buy(
        [("BOTTLE-1L", 3), ("MAP-RIDGE", 1)],
        billing=JANE,
        customer_id=11,
        status_id=9,
        shipping_method="Free Shipping",
        shipping_cost="0",
    )
    buy(
        [("POLES-C", 1)],
        billing=SUMMIT,
        customer_id=12,
        status_id=7,
        payment_method="Bank Deposit",
    )
    buy([("TEE-MOS-L", 1)], status_id=0)
    buy([("MUG-01", 1)], status_id=SHIPPED)


def _order_to_two_addresses(buy):
    buy(
        [Item("BOTTLE-1L", 2, wrapping="3.50"), Item("MUG-01", 2, place=1)],
        billing=JANE,
        customer_id=11,
        addresses=[{"shipping_cost": "5.00"}, {**CABIN, "shipping_cost": "7.50"}],
        discount="4.00",
        fees=[("Parcel insurance", "1.99")],
    )
