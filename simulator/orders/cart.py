"""What a shopper puts into an order."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass
class Item:
    """A line of an order: a SKU of the catalogue, or something that has none.

    sku: of a variant; empty for a custom item, which has a `name` and `price`
    place: which of the order's delivery addresses it goes to
    type: physical, digital or giftcertificate, of an item without SKU
    wrapping: cost of the gift wrapping, as entered in the store
    discount: manual discount on this line, tax included
    parts: list of (SKU, quantity) of a bundle's pick list; they cost nothing
    """

    sku: str = ""
    quantity: int = 1
    place: int = 0
    name: str = ""
    price: Decimal | None = None
    type: str = "physical"
    wrapping: Decimal = Decimal(0)
    discount: Decimal = Decimal(0)
    parts: tuple = ()


def as_items(lines):
    """Return Items of what was asked for: Items, or pairs of SKU and quantity."""
    return [line if isinstance(line, Item) else Item(*line) for line in lines]
