"""What an order says of itself, besides its lines, addresses and totals."""

from ..formats import money, rfc2822
from .statuses import STATUSES, UNPAID

# Methods that no gateway confirms.
OFFLINE = (
    "Bank Deposit",
    "Cash on Delivery",
    "Check",
    "Money Order",
    "Pay in Store",
)
# What is the same for every new order.
FIXED = {
    "date_shipped": "",
    "channel_id": 1,
    "order_source": "www",
    "is_deleted": False,
    "refunded_amount": "0.0000",
    "customer_locale": "en",
    "staff_notes": "",
    "external_id": None,
    "external_order_id": "",
    "external_source": None,
    "external_merchant_id": None,
    "tax_provider_id": "BasicTaxProvider",
    "ebay_order_id": "0",
    "ip_address": "192.0.2.1",
    "is_email_opt_in": False,
    "items_shipped": 0,
}


def order_header(order_id, shop, checkout, billing):
    """Return the fields of a new order, as the API shows them.

    :param Checkout checkout: how it is placed
    :param dict billing: the billing address
    """
    status = STATUSES[checkout.status_id][0]
    now = rfc2822(shop.now())
    return {
        **FIXED,
        **_payment(order_id, checkout),
        **_currency(shop, checkout),
        "id": order_id,
        "customer_id": checkout.customer_id,
        "date_created": now,
        "date_modified": now,
        "status_id": checkout.status_id,
        "status": status,
        "custom_status": status,
        "cart_id": f"00000000-0000-4000-8000-{order_id:012d}",
        "is_tax_inclusive_pricing": shop.tax_inclusive,
        "customer_message": checkout.note,
        "geoip_country": billing["country"],
        "geoip_country_iso2": billing["country_iso2"],
        "billing_address": {**billing, "form_fields": checkout.field_rows()},
    }


def _payment(order_id, checkout):
    return {
        "store_credit_amount": money(checkout.store_credit),
        "gift_certificate_amount": money(checkout.gift_certificate),
        "payment_method": checkout.payment_method,
        "payment_provider_id": f"pi_{order_id}",
        "payment_status": _payment_status(checkout),
    }


def _payment_status(checkout):
    """Return what the gateway says; nobody confirms an offline payment (fact F41)."""
    if checkout.payment_method in OFFLINE:
        return "pending"
    return "" if checkout.status_id in UNPAID else "captured"


def _currency(shop, checkout):
    code = checkout.currency or shop.currency
    return {
        "currency_id": 1,
        "currency_code": code,
        "currency_exchange_rate": "1.0000000000",
        "default_currency_id": 1,
        "default_currency_code": code,
        "store_default_currency_code": shop.currency,
        "store_default_to_transactional_exchange_rate": "1.0000000000",
    }
