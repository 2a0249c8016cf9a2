"""Whom an order is billed to, and where it is sent."""

from ..pricing.prices import price_cost

SHOPPER = {
    "first_name": "Sam",
    "last_name": "Shopper",
    "company": "",
    "street_1": "1 Market Street",
    "street_2": "",
    "city": "Austin",
    "state": "Texas",
    "zip": "78701",
    "country": "United States",
    "country_iso2": "US",
    "phone": "512-555-0100",
    "email": "sam@example.com",
}


def billing_address(checkout):
    """Return the address of a shopper, as far as told, else that of Sam Shopper."""
    billing = {**SHOPPER, **(checkout.billing or {})}
    if checkout.email:
        billing["email"] = checkout.email
    return billing


def shipping_address(address_id, address, checkout, terms, handling):
    """Return a delivery address with its costs, as the store keeps it.

    :param dict address: the recipient, with a `shipping_cost` and `shipping_method`
        of its own or those of the checkout
    :param handling: cost of the handling, as entered in the store
    """
    address = {"shipping_method": checkout.shipping_method, **address}
    cost = address.pop("shipping_cost", checkout.shipping_cost)
    return {
        **address,
        "id": address_id,
        "form_fields": checkout.field_rows(),
        "items_total": 0,
        "items_shipped": 0,
        **_costs("", cost, terms),
        **_costs("handling_", handling, terms),
        "shipping_zone_id": 1,
        "shipping_zone_name": "Everywhere",
    }


def plain_address(address):
    """Return the recipient of a delivery address, without its costs."""
    return {name: address[name] for name in SHOPPER}


def _costs(kind, amount, terms):
    net, gross = price_cost(amount, terms.rate, terms)
    return {
        f"base_{kind}cost": net,
        f"{kind}cost_ex_tax": net,
        f"{kind}cost_inc_tax": gross,
        f"{kind}cost_tax": gross - net,
        f"{kind}cost_tax_class_id": 0,
    }
