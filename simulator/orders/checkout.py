"""What a shopper chooses besides the goods."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Checkout:
    """How an order is placed.

    coupon: (code, percent) or None
    promotion: (name, percent) or None
    discount: manual discount on the whole order, tax included
    fees: list of (name, amount)
    shipping: what differs in the delivery address from the billing address
    addresses: several of them, each with a `shipping_cost` and `shipping_method` of
        its own where it has one; lines say theirs by `place`
    form_fields: list of (name, value) that the merchant's checkout asks for
    pickup: id of the location where the goods are collected
    """

    email: str = ""
    status_id: int = 11
    shipping_method: str = "Flat Rate"
    shipping_cost: Decimal | str = "5.00"
    payment_method: str = "Credit Card"
    coupon: tuple | None = None
    promotion: tuple | None = None
    discount: Decimal | str = "0"
    handling: Decimal | str = "0"
    fees: tuple = ()
    billing: dict | None = None
    shipping: dict | None = None
    addresses: tuple = ()
    pickup: int | None = None
    customer_id: int = 0
    currency: str | None = None
    gift_certificate: Decimal | str = "0"
    store_credit: Decimal | str = "0"
    note: str = ""
    form_fields: tuple = ()

    def field_rows(self):
        """Return the fields as the API shows them (orders.v2.oas2.yml, formFields)."""
        return [{"name": name, "value": value} for name, value in self.form_fields]
